//! How lines and shapes are drawn. One ink: the pages must be as clear from a copier as from a printer.

use krilla::color::luma;
use krilla::geom::{Path, PathBuilder};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke};
use kurbo::{BezPath, PathEl, Point};

/// Black.
pub(crate) fn fill() -> Fill {
    Fill { paint: luma::Color::black().into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

/// A round pen of a width in points.
pub(crate) fn pen(width: f32) -> Stroke {
    Stroke {
        paint: luma::Color::black().into(),
        width,
        line_cap: LineCap::Round,
        line_join: LineJoin::Round,
        ..Stroke::default()
    }
}

/// A drawing as the writer takes it, moved and scaled; none for an empty one.
pub(crate) fn path(drawing: &BezPath, x: f32, y: f32, scale: f32) -> Option<Path> {
    let mut made = PathBuilder::new();
    #[expect(clippy::cast_possible_truncation, reason = "points of a page are far from the limits of f32")]
    let at = |point: Point| (x + point.x as f32 * scale, y + point.y as f32 * scale);
    for element in drawing.elements() {
        match *element {
            PathEl::MoveTo(to) => made.move_to(at(to).0, at(to).1),
            PathEl::LineTo(to) => made.line_to(at(to).0, at(to).1),
            PathEl::QuadTo(by, to) => made.quad_to(at(by).0, at(by).1, at(to).0, at(to).1),
            PathEl::CurveTo(a, b, to) => made.cubic_to(at(a).0, at(a).1, at(b).0, at(b).1, at(to).0, at(to).1),
            PathEl::ClosePath => made.close(),
        }
    }
    made.finish()
}
