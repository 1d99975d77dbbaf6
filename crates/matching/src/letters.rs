//! Letters: what is left of a text once accents, capitals and spelling habits are set aside.

use deunicode::deunicode;

/// Lower-case ASCII words of a text: accents are dropped, every other sign parts two words.
pub(crate) fn words(text: &str) -> Vec<String> {
    deunicode(text)
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'u')
}

/// Spellings of one sound, longest first: how many of their letters are taken, and what stands for them in a fold.
///
/// They are the usual ways French offices write Arabic, Turkish, Russian and West African names: `ch`, `sh` and `tch`, `dj` and
/// `j`, `ou`, `w` and `u`, `kh`, `k` and `q`. `x` stands for the sound of `ch`.
const SOUNDS: &[(&str, usize, &str)] = &[
    ("tsch", 4, "x"),
    ("sch", 3, "x"),
    ("tch", 3, "x"),
    ("tsh", 3, "x"),
    ("eau", 3, "u"),
    ("chr", 2, "k"),
    ("chl", 2, "k"),
    ("que", 2, "k"),
    ("qui", 2, "k"),
    ("gue", 2, "g"),
    ("gui", 2, "g"),
    ("ch", 2, "x"),
    ("sh", 2, "x"),
    ("dj", 2, "j"),
    ("dg", 2, "j"),
    ("gh", 2, "g"),
    ("ph", 2, "f"),
    ("th", 2, "t"),
    ("dh", 2, "d"),
    ("kh", 2, "k"),
    ("ck", 2, "k"),
    ("qu", 2, "k"),
    ("ou", 2, "u"),
    ("oo", 2, "u"),
    ("au", 2, "u"),
    ("ee", 2, "i"),
    ("ce", 1, "s"),
    ("ci", 1, "s"),
    ("cy", 1, "s"),
    ("ge", 1, "j"),
    ("gi", 1, "j"),
    ("gy", 1, "j"),
    ("x", 1, "ks"),
    ("c", 1, "k"),
    ("q", 1, "k"),
    ("o", 1, "u"),
    ("w", 1, "u"),
    ("y", 1, "i"),
    ("h", 1, ""),
];

/// One spelling for all usual spellings of a sound: `Djamel` and `Jamel`, `Ouarda` and `Warda` have the same fold.
///
/// `joined` holds lower-case ASCII letters. Doubled letters count once and a final mute `e` is dropped.
pub(crate) fn fold(joined: &str) -> String {
    let mut rest = joined;
    let mut out = String::with_capacity(joined.len());
    // Russian names in -ov and -ev were long written -off and -eff in French.
    let mut tail = "";
    for (end, sound) in [("off", "uv"), ("eff", "ev"), ("ow", "uv")] {
        if let Some(stem) = rest.strip_suffix(end).filter(|stem| stem.len() > 2) {
            (rest, tail) = (stem, sound);
            break;
        }
    }
    while let Some(first) = rest.chars().next() {
        let (taken, sound) = SOUNDS
            .iter()
            .find(|(spelling, ..)| spelling.starts_with(first) && rest.starts_with(spelling))
            .map_or((first.len_utf8(), rest.get(..first.len_utf8()).unwrap_or("")), |(_, taken, sound)| {
                (*taken, *sound)
            });
        out.push_str(sound);
        rest = rest.get(taken..).unwrap_or("");
    }
    out.push_str(tail);
    let mut folded = String::with_capacity(out.len());
    for letter in out.chars() {
        if !folded.ends_with(letter) {
            folded.push(letter);
        }
    }
    if folded.len() > 3 && folded.ends_with('e') {
        folded.pop();
    }
    folded
}

/// The consonants of a fold, after its first letter when that is a vowel: what most spelling variants keep.
pub(crate) fn skeleton(fold: &str) -> String {
    let mut out = String::with_capacity(fold.len());
    for (at, letter) in fold.bytes().enumerate() {
        let letter = if letter == b'z' { b's' } else { letter };
        match is_vowel(letter) {
            true if at == 0 => out.push('a'),
            true => {}
            false => {
                if !out.as_bytes().ends_with(&[letter]) {
                    out.push(char::from(letter));
                }
            }
        }
    }
    out
}

/// The consonants of a fold, a bit a letter: texts that share few cannot be near.
pub(crate) fn consonants(fold: &str) -> u32 {
    fold.bytes().filter(|letter| !is_vowel(*letter)).fold(0, |set, letter| set | 1 << (letter % 32))
}

/// Consonants that one ear or another writes for each other.
fn are_close(a: u8, b: u8) -> bool {
    const CLOSE: &[(u8, u8)] = &[
        (b's', b'z'),
        (b's', b'x'),
        (b'd', b't'),
        (b'b', b'p'),
        (b'f', b'v'),
        (b'g', b'k'),
        (b'g', b'j'),
        (b'g', b'r'),
        (b'j', b'x'),
        (b'j', b'z'),
        (b'm', b'n'),
        (b'u', b'v'),
        (b'i', b'j'),
    ];
    CLOSE.contains(&(a, b)) || CLOSE.contains(&(b, a))
}

fn replace_cost(a: u8, b: u8) -> f32 {
    if a == b {
        0.0
    } else if is_vowel(a) && is_vowel(b) || are_close(a, b) {
        0.5
    } else {
        1.0
    }
}

fn drop_cost(letter: u8) -> f32 {
    if is_vowel(letter) { 0.5 } else { 1.0 }
}

/// Distance of two folds: letters to change, drop, add or swap with the next; vowels and close consonants count half.
pub(crate) fn sound_distance(a: &str, b: &str) -> f32 {
    let mut before: Vec<f32> = Vec::new();
    let mut above: Vec<f32> = Vec::with_capacity(b.len() + 1);
    above.push(0.0);
    for letter in b.bytes() {
        above.push(above.last().copied().unwrap_or(0.0) + drop_cost(letter));
    }
    let mut a_before = 0;
    for from in a.bytes() {
        let mut row = Vec::with_capacity(above.len());
        let mut left = above.first().copied().unwrap_or(0.0) + drop_cost(from);
        row.push(left);
        let mut b_before = 0;
        for (at, to) in b.bytes().enumerate() {
            let diagonal = above.get(at).copied().unwrap_or(f32::MAX);
            let up = above.get(at + 1).copied().unwrap_or(f32::MAX);
            let mut best = (diagonal + replace_cost(from, to)).min(up + drop_cost(from)).min(left + drop_cost(to));
            if at > 0 && from == b_before && to == a_before && from != to {
                best = best.min(before.get(at - 1).copied().unwrap_or(f32::MAX) + 0.7);
            }
            row.push(best);
            (left, b_before) = (best, to);
        }
        before = above;
        above = row;
        a_before = from;
    }
    above.last().copied().unwrap_or(0.0)
}
