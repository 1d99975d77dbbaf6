//! One tablet gives the other of its structure a bundle, without the server.

use palier_exchange::bundle::BundleError;
use palier_exchange::bundle::give::give;
use palier_exchange::bundle::receive::receive;
use palier_exchange::{Anchor, Present};

use crate::act::TABLETS;
use crate::programme::side;
use crate::tablet::{Standing, Tablet, Wall};
use crate::world::World;

impl World {
    /// A tablet gives what it has to its colleague's, which may lose its power meanwhile.
    pub(crate) fn give(&mut self, n: usize) {
        let Some(to) = (0..TABLETS).find(|other| *other != n && side(*other) == side(n)) else { return };
        let present = self.present(n);
        let given = match give(&self.tablets[n].store(), &self.tablets[n].credential, present) {
            Ok(given) => given,
            Err(BundleError::Nothing | BundleError::NoReader | BundleError::OldRoster | BundleError::NoRoster) => {
                return;
            }
            Err(error) => panic!("a bundle is made or it is said why not: {error:?}"),
        };
        let present = self.present(to);
        let reader = &mut self.tablets[to];
        let cut = std::mem::take(&mut reader.cut);
        let held = reader.scopes();
        reader.store().cut_after(cut).unwrap();
        let outcome = receive(&mut reader.store(), &reader.credential, &given.file, present);
        reader.store().cut_after(0).unwrap();
        if cut > 0 {
            reader.reopen();
            Standing::check_counted(&reader.store());
        }
        assert_eq!(reader.scopes(), held, "I11: a bundle gives a tablet no scope");
        match outcome {
            Ok(received) => assert_eq!(received.giver, self.tablets[n].replica(), "who made it signed it"),
            Err(BundleError::Store(_)) if cut > 0 => {}
            Err(
                BundleError::NotForThisTablet
                | BundleError::GiverUnknown
                | BundleError::GiverStopped
                | BundleError::NoRoster
                | BundleError::OldRoster,
            ) => {}
            Err(error) => panic!("a bundle is read or it is said why not: {error:?}"),
        }
        // The same again changes nothing, whatever the first time came to.
        let reader = &self.tablets[to];
        if cut == 0 && receive(&mut reader.store(), &reader.credential, &given.file, present).is_ok() {
            let before = state(reader);
            let again = receive(&mut reader.store(), &reader.credential, &given.file, present).unwrap();
            assert!(again.authors.iter().all(|author| author.new == 0), "I5: what came is known");
            assert_eq!(state(reader), before, "I2: and changes nothing");
        }
    }

    fn present(&self, n: usize) -> Present {
        let anchor: Option<Anchor> = self.tablets[n].store().fact(palier_exchange::round::ANCHOR_FACT).unwrap();
        Present::of(anchor.as_ref(), &Wall(self.clock_ms(n)))
    }
}

/// What a tablet holds and carries.
fn state(tablet: &Tablet) -> impl PartialEq + std::fmt::Debug {
    let store = tablet.store();
    let scopes = store.scopes().unwrap();
    let digests: Vec<String> = scopes.iter().map(|(scope, _)| store.digest_from_rows(scope).unwrap().hex()).collect();
    (digests, store.carried().unwrap())
}
