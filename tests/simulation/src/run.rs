//! Plays histories, and makes the shortest of one that fails.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use crate::act::{Act, History};
use crate::checks;
use crate::draw::Trace;
use crate::faults::Fault;
use crate::world::World;

/// Histories played to make a failing one shorter, at most.
const SHRINKS_MAX: usize = 600;

/// How a history ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Everything held.
    Held(Trace),
    /// Something did not: what, in words.
    Broke(String),
}

thread_local! {
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Panics of a history are its ending, and not noise.
fn quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let playing = PLAYING.with_borrow(|playing| *playing);
            if !playing {
                return before(panic);
            }
            let text = panic.payload().downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.payload().downcast_ref::<&str>().copied()).unwrap_or("").to_owned();
            let place = panic.location().map(|place| format!(" ({}:{})", place.file(), place.line()));
            LAST.with_borrow_mut(|last| *last = text + &place.unwrap_or_default());
        }));
    });
}

thread_local! {
    static PLAYING: RefCell<bool> = const { RefCell::new(false) };
}

/// Plays a history to its end; `told` hears each act before it is played.
pub fn play(history: &History, fault: Option<Fault>, told: &mut dyn FnMut(usize, &Act)) -> Ending {
    quiet();
    palier_sync::faults::put(match fault {
        Some(Fault::Inside(inside)) => Some(inside),
        _ => None,
    });
    PLAYING.with_borrow_mut(|playing| *playing = true);
    let ending = catch_unwind(AssertUnwindSafe(|| {
        let mut world = World::open(history, fault);
        for (number, act) in history.acts.iter().enumerate() {
            told(number, act);
            world.play(act);
        }
        world.heal();
        checks::all(&mut world);
        world.server.traced()
    }));
    PLAYING.with_borrow_mut(|playing| *playing = false);
    palier_sync::faults::put(None);
    match ending {
        Ok(trace) => Ending::Held(trace),
        Err(_) => Ending::Broke(LAST.with_borrow(Clone::clone)),
    }
}

/// The first of these seeds that notices a fault, and what it says; the history must hold without the fault.
pub fn first_noticed(fault: Fault, seeds: impl Iterator<Item = u64>) -> Option<(u64, String)> {
    for seed in seeds {
        let history = History::of(seed);
        if let Ending::Broke(why) = play(&history, Some(fault), &mut |_, _| ()) {
            let without = play(&history, None, &mut |_, _| ());
            assert!(matches!(without, Ending::Held(_)), "seed {seed} holds without {fault:?}: {without:?}");
            return Some((seed, why));
        }
    }
    None
}

/// The shortest history that still fails: acts are left out, many at once, then fewer.
pub fn shrink(history: &History, fault: Option<Fault>) -> (History, String) {
    let mut least = history.clone();
    let mut ending = String::new();
    let mut tries = 0;
    let mut size = least.acts.len().div_ceil(2);
    while size > 0 {
        let mut from = 0;
        let mut shorter = false;
        while from < least.acts.len() && tries < SHRINKS_MAX {
            let mut candidate = least.clone();
            candidate.acts.drain(from..(from + size).min(least.acts.len()));
            tries += 1;
            if let Ending::Broke(text) = play(&candidate, fault, &mut |_, _| ()) {
                (least, ending, shorter) = (candidate, text, true);
            } else {
                from += size;
            }
        }
        if tries >= SHRINKS_MAX {
            break;
        }
        // A pass over single acts that left some out is worth another.
        size = if size == 1 { usize::from(shorter) } else { size / 2 };
    }
    (least, ending)
}
