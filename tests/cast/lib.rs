//! The cast of the journeys: tablets, the centre social, the link between them, and clocks that can be wrong.
//!
//! Everything is real but time and the quality of the link: the server is its own process, the stores are encrypted
//! files, the link is TLS over TCP through a proxy that can be down, slow, or cut after any number of bytes.

mod bare;
mod centre;
mod clock;
#[allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "written for tests, which panic")]
#[path = "../../sync-server/tests/postgres/cluster.rs"]
mod cluster;
mod link;
pub mod process;
mod proxy;
mod round;
mod section;
mod served;
mod slow;
mod tablet;

pub use bare::BareTablet;
pub use centre::CentreSocial;
pub use clock::Hands;
pub use cluster::Cluster;
pub use link::Link;
pub use proxy::{Carried, Proxy};
pub use round::{STAIR_DOORS, SeenDoor, doors_of, new_stair, tell_noise, tell_visit};
pub use section::rewrite_section;
pub use served::{Served, build_released};
pub use slow::{Dice, Slowness};
pub use tablet::{Idle, PIN, Tablet, in_this_process};
