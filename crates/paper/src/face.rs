//! The fonts of the paper: Noto Sans and Noto Sans Arabic, cut to what eleven languages write (`fonts/README.md`).

use std::collections::HashMap;
use std::sync::Arc;

use krilla::text::Font;
use parley::fontique::{Blob, Collection, CollectionOptions};
use parley::{FontContext, FontData, FontFamily, FontFamilyName, LayoutContext};

const FILES: [&[u8]; 4] = [
    include_bytes!("../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Bold.ttf"),
];
const FAMILIES: &[FontFamilyName<'static>] =
    &[FontFamilyName::named("Noto Sans"), FontFamilyName::named("Noto Sans Arabic")];

/// The families in the order they are tried, character by character.
pub(crate) fn families() -> FontFamily<'static> {
    FontFamily::List(FAMILIES.into())
}

/// What shapes and writes text: the embedded fonts alone, never those of the machine, so that a page is the same everywhere.
pub(crate) struct Faces {
    pub(crate) fonts: FontContext,
    pub(crate) layouts: LayoutContext<()>,
    written: HashMap<(u64, u32), Font>,
}

impl Faces {
    pub(crate) fn new() -> Self {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        for file in FILES {
            collection.register_fonts(Blob::new(Arc::new(file)), None);
        }
        let fonts = FontContext { collection, ..FontContext::default() };
        Self { fonts, layouts: LayoutContext::new(), written: HashMap::new() }
    }

    /// The font as the writer embeds it; none for bytes that are no font, which ours are not.
    pub(crate) fn written(&mut self, font: &FontData) -> Option<Font> {
        let key = (font.data.id(), font.index);
        if let Some(known) = self.written.get(&key) {
            return Some(known.clone());
        }
        let made = Font::new(font.data.data().to_vec().into(), font.index)?;
        self.written.insert(key, made.clone());
        Some(made)
    }
}
