//! A name as it was written, and how near two writings are.

use crate::letters::{fold, skeleton, sound_distance, words};

/// How near two writings of a name are, from the same to something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum NameLevel {
    /// One of the two was not written down.
    Missing,
    /// The same letters.
    Exact,
    /// The same name by another spelling habit: a transliteration, a particle, a hyphen.
    Variant,
    /// A slip of the pen, or a short form everyone knows.
    Close,
    /// One holds the other: a second given name, half of a double name.
    Part,
    /// One is the initial of the other.
    Initial,
    /// They differ by the ending that tells a man's name from a woman's.
    Gendered,
    /// They look alike, no more.
    Similar,
    /// Two names.
    Different,
}

/// Number of levels.
pub(crate) const NAME_LEVELS: usize = 9;

impl NameLevel {
    /// True when both writings can be the same name without more than a slip.
    pub(crate) fn agrees(self) -> bool {
        matches!(self, Self::Exact | Self::Variant | Self::Close)
    }
}

/// Words that come before a name and are often dropped or glued to it.
const PARTICLES: &[&str] = &[
    "el", "al", "de", "du", "des", "d", "la", "le", "les", "l", "da", "do", "dos", "das", "di", "van", "von", "der",
    "den", "ould", "ag", "bint", "bin", "ibn", "bou", "abu", "abou", "ben", "m", "n", "o", "mac", "mc", "st", "ste",
    "saint", "sainte", "epouse", "ep", "nee", "veuve", "vve", "mme", "mr", "mlle", "monsieur", "madame",
];
/// Those that change no name when they are dropped.
const EMPTY_PARTICLES: &[&str] = &["el", "al", "de", "du", "des", "d", "la", "le", "l", "da", "do", "dos", "das", "di"];
/// Words of an office that are no part of a name.
const TITLES: &[&str] = &["epouse", "ep", "nee", "veuve", "vve", "mme", "mr", "mlle", "monsieur", "madame"];

/// Short forms in use, each line one family of names. Facts of usage, kept few: what spelling rules cannot tell.
const SHORT_FORMS: &[&[&str]] = &[
    &["fatou", "fatoumata", "fatimata"],
    &["khady", "khadija", "khadidja", "khadidiatou"],
    &["abdou", "abdoulaye"],
    &["ibou", "ibra", "ibrahima"],
    &["aissa", "aissatou"],
    &["ousmane", "ous"],
    &["mamadou", "mamad"],
    &["mohamed", "momo", "med", "mhd"],
    &["abderrahmane", "abdou", "abder"],
    &["abdelkader", "kader"],
    &["mustapha", "mouss"],
    &["alexandre", "alex", "sacha", "sasha"],
    &["alexandra", "alex", "sacha", "sasha"],
    &["tatiana", "tania"],
    &["natalia", "natacha", "natasha"],
    &["ekaterina", "katia", "katya"],
    &["anastasia", "nastia"],
    &["vladimir", "volodia", "vova"],
    &["dmitri", "dima"],
    &["sergei", "serioja"],
    &["emmanuel", "manu"],
    &["manuel", "manu", "manolo"],
    &["catherine", "cathy", "kate", "katia"],
    &["elisabeth", "babette", "lisa", "betty", "zabeth"],
    &["jacqueline", "jacky"],
    &["michel", "mimi"],
    &["michele", "mimi"],
    &["francoise", "fanfan"],
    &["jose", "ze", "pepe"],
    &["francisco", "paco", "chico"],
    &["antonio", "tonio", "toni"],
    &["maria", "mariazinha"],
    &["mehmet", "memo"],
    &["suleyman", "sulo"],
    &["william", "bill", "will"],
    &["robert", "bob", "bobby"],
    &["margaret", "maggie", "peggy"],
];

/// One name, prepared to be compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Name {
    /// Letters alone, without accents, capitals and signs.
    pub(crate) joined: String,
    /// The same with one spelling for each sound.
    pub(crate) fold: String,
    /// The fold without the particles that are often dropped.
    pub(crate) bare: String,
    /// Consonants of `bare`.
    pub(crate) skeleton: String,
    /// Folds of the words that are no particle.
    pub(crate) parts: Vec<String>,
    /// Consonants of the fold, a bit a letter, to tell at a glance that two names differ.
    letters: u32,
    /// Families of short forms it belongs to, a bit a family.
    short_forms: u64,
}

impl Name {
    /// Prepares a name; `None` when it holds no letter.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut words = words(text);
        words.retain(|word| word.bytes().any(|b| b.is_ascii_alphabetic()));
        if words.iter().any(|word| !TITLES.contains(&word.as_str())) {
            words.retain(|word| !TITLES.contains(&word.as_str()));
        }
        if words.is_empty() {
            return None;
        }
        let joined = words.concat();
        let full = fold(&joined);
        let kept: Vec<&String> = words.iter().filter(|word| !EMPTY_PARTICLES.contains(&word.as_str())).collect();
        let mut bare = if kept.is_empty() {
            joined.clone()
        } else {
            kept.iter().map(|word| word.as_str()).collect::<Vec<_>>().concat()
        };
        // `Elamrani` is `El Amrani` glued.
        for particle in ["el", "al"] {
            if let Some(stem) = bare.strip_prefix(particle).filter(|stem| stem.len() >= 5) {
                bare = stem.to_owned();
                break;
            }
        }
        let bare = fold(&bare);
        let mut parts: Vec<String> =
            words.iter().filter(|word| !PARTICLES.contains(&word.as_str())).map(|word| fold(word)).collect();
        parts.retain(|part| !part.is_empty());
        if parts.is_empty() {
            parts.push(full.clone());
        }
        let letters = skeleton(&bare).bytes().fold(0, |set, letter| set | 1 << (letter % 32));
        let short_forms = short_forms(&joined);
        Some(Self { skeleton: skeleton(&bare), fold: full, bare, parts, letters, short_forms, joined })
    }
}

/// Names with more consonants of their own, or longer by more letters, do not look alike.
const LETTERS_MAX: u32 = 4;
const LENGTH_MAX: usize = 5;

fn short_forms(joined: &str) -> u64 {
    let bits = SHORT_FORMS.iter().zip(0u32..64).filter(|(names, _)| names.contains(&joined));
    bits.fold(0, |set, (_, bit)| set | 1 << bit)
}

fn differ_by_gender(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < 3 {
        return false;
    }
    if short.len() == long.len() {
        let (Some(x), Some(y)) = (short.get(..short.len() - 1), long.get(..long.len() - 1)) else { return false };
        let ends = |a: &str, b: &str| matches!((a.bytes().last(), b.bytes().last()), (Some(b'o' | b'e'), Some(b'a')));
        return x == y && (ends(short, long) || ends(long, short));
    }
    let Some(tail) = long.strip_prefix(short) else {
        // Lucien and Lucienne, Daniel and Danièle are caught below; Olive and Olivia here.
        return short.strip_suffix('e').is_some_and(|stem| long.strip_prefix(stem) == Some("ia"));
    };
    let doubled = long.as_bytes().get(short.len()) == short.as_bytes().last();
    matches!(tail, "a" | "e" | "ah" | "ia" | "ine" | "ina" | "ette") || doubled && matches!(tail, "ne" | "le" | "te")
}

fn one_a_more(a: &str, b: &str) -> bool {
    a.strip_suffix('a') == Some(b) || b.strip_suffix('a') == Some(a)
}

/// True when every word of the shorter name stands in the longer one.
fn holds(a: &Name, b: &Name) -> bool {
    let (short, long) = if a.parts.len() <= b.parts.len() { (a, b) } else { (b, a) };
    if short.parts.len() == long.parts.len() {
        return false;
    }
    short.parts.iter().all(|part| long.parts.iter().any(|other| same_word(part, other)))
        && short.parts.iter().any(|part| part.len() >= 3)
}

fn same_word(a: &str, b: &str) -> bool {
    a == b
        || a.len().min(b.len()) >= 4 && sound_distance(a, b) <= 0.5
        || a.len().min(b.len()) >= 6 && strsim::osa_distance(a, b) <= 1
}

/// True when both have the same words in another order.
fn reordered(a: &Name, b: &Name) -> bool {
    a.parts.len() == b.parts.len()
        && a.parts.len() > 1
        && a.parts.iter().all(|part| b.parts.iter().any(|other| same_word(part, other)))
        && b.parts.iter().all(|part| a.parts.iter().any(|other| same_word(part, other)))
}

fn initial(a: &Name, b: &Name) -> bool {
    let one = |name: &Name| name.joined.len() == 1;
    one(a) != one(b) && a.joined.bytes().next() == b.joined.bytes().next()
}

fn glued_part(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() >= 4 && long.len() >= short.len() + 3 && (long.starts_with(short) || long.ends_with(short))
}

/// Distance of the sounds and of the letters typed; both large when a glance is enough.
fn distances(a: &Name, b: &Name) -> (f32, usize) {
    if (a.letters ^ b.letters).count_ones() > LETTERS_MAX || a.fold.len().abs_diff(b.fold.len()) > LENGTH_MAX {
        return (9.0, 9);
    }
    let sound = sound_distance(&a.bare, &b.bare).min(if a.fold == a.bare && b.fold == b.bare {
        f32::MAX
    } else {
        sound_distance(&a.fold, &b.fold)
    });
    let typed = if a.joined.len().abs_diff(b.joined.len()) > 2 || sound > 4.0 {
        9
    } else {
        strsim::osa_distance(&a.joined, &b.joined)
    };
    (sound, typed)
}

/// How near two names are. Symmetric.
pub(crate) fn compare(a: &Name, b: &Name) -> NameLevel {
    if a.joined == b.joined {
        return NameLevel::Exact;
    }
    if initial(a, b) {
        return NameLevel::Initial;
    }
    // `Karim` and `Carima` differ by gender, whatever the spelling.
    let by_sound = a.fold.len().min(b.fold.len()) >= 3 && one_a_more(&a.fold, &b.fold);
    if differ_by_gender(&a.joined, &b.joined) || by_sound {
        return NameLevel::Gendered;
    }
    if a.fold == b.fold || a.bare == b.bare || reordered(a, b) {
        return NameLevel::Variant;
    }
    let short = a.joined.len().min(b.joined.len());
    let (sound, typed) = distances(a, b);
    if short >= 4 && sound <= 0.5 || short >= 6 && sound <= 1.0 && a.skeleton == b.skeleton {
        return NameLevel::Variant;
    }
    if a.short_forms & b.short_forms != 0 {
        return NameLevel::Close;
    }
    let slip = short >= 4 && typed <= 1 || short >= 5 && sound <= 1.0 || short >= 8 && (typed <= 2 || sound <= 1.5);
    if slip {
        return NameLevel::Close;
    }
    if holds(a, b) || glued_part(&a.bare, &b.bare) {
        return NameLevel::Part;
    }
    if short >= 4 && (typed <= 2 || sound <= 1.5) || short >= 3 && typed <= 1 || short >= 7 && sound <= 2.5 {
        return NameLevel::Similar;
    }
    NameLevel::Different
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: NameLevel) {
        let (x, y) = (Name::read(a).unwrap(), Name::read(b).unwrap());
        assert_eq!(compare(&x, &y), expected, "{a} and {b}");
        assert_eq!(compare(&y, &x), expected, "{b} and {a}: the order changes nothing");
    }

    #[test]
    fn signs_and_capitals_are_no_difference() {
        check("Élodie", "ELODIE", NameLevel::Exact);
        check("N'Diaye", "Ndiaye", NameLevel::Exact);
        check("Jean-Pierre", "jean pierre", NameLevel::Exact);
        check("Öztürk", "Ozturk", NameLevel::Exact);
        check("Kılıç", "KILIC", NameLevel::Exact);
    }

    #[test]
    fn spelling_habits_are_variants() {
        for (a, b) in [
            ("Djamel", "Jamel"),
            ("Ouarda", "Warda"),
            ("Cherif", "Sherif"),
            ("Soufiane", "Sofiane"),
            ("Khadija", "Kadidja"),
            ("Kouadio", "Kwadio"),
            ("El Amrani", "Elamrani"),
            ("El Amrani", "Amrani"),
            ("Ivanoff", "Ivanov"),
            ("Tshibangu", "Chibangou"),
            ("Mohamed", "Mouhammad"),
            ("Philippe", "Filip"),
        ] {
            let level = compare(&Name::read(a).unwrap(), &Name::read(b).unwrap());
            assert!(matches!(level, NameLevel::Exact | NameLevel::Variant), "{a} and {b} are {level:?}");
        }
    }

    #[test]
    fn slips_are_close() {
        check("Tekin", "Tdkin", NameLevel::Close);
        check("Fatou", "Fatoumata", NameLevel::Close);
        check("Lefebvre", "Lefevbre", NameLevel::Close);
    }

    #[test]
    fn halves_and_initials_are_told() {
        check("Jean Mihai", "Jean", NameLevel::Part);
        check("Martin-Dupont", "Dupont", NameLevel::Part);
        check("J.", "Jacques", NameLevel::Initial);
        check("Louis", "Louise", NameLevel::Gendered);
        check("Karim", "Karima", NameLevel::Gendered);
        check("Karim", "Carima", NameLevel::Gendered);
        check("Mario", "Maria", NameLevel::Gendered);
    }

    #[test]
    fn two_names_are_two_names() {
        check("Sandra", "Mehmet", NameLevel::Different);
        check("Diallo", "Traoré", NameLevel::Different);
        check("Li", "Wu", NameLevel::Different);
    }

    #[test]
    fn what_holds_no_letter_is_no_name() {
        assert_eq!(Name::read("?? 12"), None, "figures and signs are no name");
    }
}
