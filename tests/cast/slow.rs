//! A slow link: a rate, a way that takes its time, segments that are lost and sent again. It really waits.
//!
//! Lost bytes are not lost for TCP: the segment comes again after a time-out, and what follows waits behind it. Windows and
//! acknowledgements are not modelled: what is measured on it is smaller than TCP's first window.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Payload of a segment of TCP over Ethernet or a mobile network, in bytes.
const SEGMENT: usize = 1_460;

/// How slow a link is, each way.
#[derive(Debug, Clone)]
pub struct Slowness {
    /// Bits a second.
    pub rate: u64,
    /// Time from one end to the other.
    pub delay: Duration,
    /// Segments lost of a thousand.
    pub lost_of_1000: u64,
    /// Shortest and longest wait before a lost segment is sent again.
    pub again_after: (Duration, Duration),
    /// What is drawn follows from this alone.
    pub seed: u64,
}

impl Slowness {
    /// The two ways of one connection.
    pub(crate) fn lanes(self) -> (Lane, Lane) {
        let back = Self { seed: self.seed ^ 0x9e37_79b9_7f4a_7c15, ..self.clone() };
        (Lane::new(self), Lane::new(back))
    }
}

/// A seeded draw: `xorshift64`, the same numbers on every machine.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        // Zero would stay zero, and neighbouring seeds must not begin alike.
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..8 {
            dice.below(2);
        }
        dice
    }

    /// A number below this one.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit.max(1)
    }
}

/// One way of a slow link.
pub(crate) struct Lane {
    slowness: Slowness,
    dice: Dice,
    free_at: Instant,
    arrived_at: Instant,
}

impl Lane {
    fn new(slowness: Slowness) -> Self {
        let now = Instant::now();
        Self { dice: Dice::new(slowness.seed), slowness, free_at: now, arrived_at: now }
    }

    /// Bytes of one segment.
    pub(crate) fn segment(&self) -> usize {
        SEGMENT
    }

    /// When a segment that is given to the link now comes out of it.
    fn arrival(&mut self, bytes: usize, now: Instant) -> Instant {
        let bits = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_mul(8);
        let on_air = Duration::from_nanos(bits.saturating_mul(1_000_000_000) / self.slowness.rate.max(1));
        self.free_at = self.free_at.max(now) + on_air;
        let mut arrival = self.free_at + self.slowness.delay;
        // What is sent again may be lost again.
        while self.dice.below(1_000) < self.slowness.lost_of_1000 {
            let (shortest, longest) = self.slowness.again_after;
            let spread = u64::try_from(longest.saturating_sub(shortest).as_millis()).unwrap_or(u64::MAX);
            arrival += shortest + Duration::from_millis(self.dice.below(spread.saturating_add(1)));
        }
        self.arrived_at = self.arrived_at.max(arrival);
        self.arrived_at
    }
}

/// Where one way of a connection goes: straight on, or through a lane.
pub(crate) enum Out {
    Fast(TcpStream),
    Slow { lane: Box<Lane>, segments: mpsc::Sender<Segment> },
}

pub(crate) enum Segment {
    Bytes(Instant, Vec<u8>),
    Close(Instant, Shutdown),
}

/// The way out of a pump.
pub(crate) fn carry_slowly(mut to: TcpStream, lane: Option<Lane>) -> Out {
    let Some(lane) = lane else { return Out::Fast(to) };
    let (segments, deliveries) = mpsc::channel::<Segment>();
    std::thread::spawn(move || {
        for segment in deliveries {
            let (Segment::Bytes(at, _) | Segment::Close(at, _)) = &segment;
            std::thread::sleep(at.saturating_duration_since(Instant::now()));
            let alive = match segment {
                Segment::Bytes(_, bytes) => to.write_all(&bytes).is_ok(),
                Segment::Close(_, how) => to.shutdown(how).is_ok(),
            };
            if !alive {
                return;
            }
        }
    });
    Out::Slow { lane: Box::new(lane), segments }
}

impl Out {
    /// Gives bytes on.
    pub(crate) fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        match self {
            Self::Fast(to) => to.write_all(bytes),
            Self::Slow { lane, segments } => {
                let at = lane.arrival(bytes.len(), Instant::now());
                segments.send(Segment::Bytes(at, bytes.to_vec())).map_err(|_| std::io::ErrorKind::BrokenPipe.into())
            }
        }
    }

    /// Closes this way, or both, once what was given before is through.
    pub(crate) fn close(self, how: Shutdown) {
        match self {
            // The other side may be gone already.
            Self::Fast(to) => drop(to.shutdown(how)),
            Self::Slow { lane, segments } => drop(segments.send(Segment::Close(lane.arrived_at, how))),
        }
    }
}
