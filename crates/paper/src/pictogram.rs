//! Drawings beside the words. They repeat what the words say, so they are no content of their own for a reader's voice.

use kurbo::BezPath;

/// A drawing on a ground of 24 × 24, drawn with a round pen. Outlines of Lucide (see NOTICE), as on the screens; the box is ours.
#[derive(Clone, Copy)]
pub(crate) enum Pictogram {
    Hello,
    Calendar,
    Phone,
    Stop,
    Clock,
    Pin,
    Door,
    File,
    Box,
}

impl Pictogram {
    const fn drawn(self) -> &'static str {
        match self {
            Self::Hello => {
                "M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8M3 10a2 2 0 0 1 .709-1.528l7-6a2 2 0 0 1 2.582 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z"
            }
            Self::Calendar => {
                "M8 2v3M16 2v3M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2zM3 9h18M8 13h.01M12 13h.01M16 13h.01M8 17h.01M12 17h.01M16 17h.01"
            }
            Self::Phone => {
                "M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384"
            }
            Self::Stop => "M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M4.929 4.929L19.07 19.071",
            Self::Box => "M4 4h16v16H4z",
            Self::Clock => "M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M12 6v6h4",
            Self::Pin => {
                "M20 10c0 4.993-5.539 10.193-7.399 11.799a1 1 0 0 1-1.202 0C9.539 20.193 4 14.993 4 10a8 8 0 0 1 16 0M9 10a3 3 0 1 0 6 0a3 3 0 1 0 -6 0"
            }
            Self::Door => "M19 21V5a2 2 0 0 0-2-2H7a2 2 0 0 0-2 2v16M2 21h20M9 12h.01",
            Self::File => {
                "M6 14l1.5-2.9A2 2 0 0 1 9.24 10H20a2 2 0 0 1 1.94 2.5l-1.54 6a2 2 0 0 1-1.95 1.5H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h3.9a2 2 0 0 1 1.69.9l.81 1.2a2 2 0 0 0 1.67.9H18a2 2 0 0 1 2 2v2"
            }
        }
    }

    /// Its outline. Every drawing is read by a test, so none is empty.
    pub(crate) fn outline(self) -> BezPath {
        BezPath::from_svg(self.drawn()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Pictogram as P;

    #[test]
    fn every_drawing_is_read_and_stays_on_its_ground() {
        use kurbo::Shape;
        for one in [P::Hello, P::Calendar, P::Phone, P::Stop, P::Clock, P::Pin, P::Door, P::File, P::Box] {
            let bounds = one.outline().bounding_box();
            assert!(bounds.width() > 15.0 && bounds.x0 >= 1.5 && bounds.y1 <= 22.5, "{} {bounds:?}", one.drawn());
        }
    }
}
