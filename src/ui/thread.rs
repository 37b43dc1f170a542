//! The thread: a fine curve from the lit mark to the line of its words, over the panels.

use egui::{
    Color32, LayerId, Order, Pos2, Stroke, Vec2,
    epaint::{CubicBezierShape, PathStroke},
    vec2,
};

/// How far from the mark's middle the curve begins: outside the ring around it.
const RING: f32 = 13.0;

/// From a mark to the edge of the panel beside its words; `drawn` from 0 to 1 is how much of it is out.
pub fn paint(ctx: &egui::Context, mark: Pos2, words: Pos2, colour: Color32, drawn: f32) {
    let painter = ctx.layer_painter(LayerId::new(Order::Middle, egui::Id::unique("thread")));
    // It leaves the mark up or down, not along the row: the row's labels stand there.
    let up = if words.y < mark.y { -1.0 } else { 1.0 };
    let leave = vec2(0.55, up * 0.83);
    let reach = ((words.x - mark.x).abs() * 0.45).max(40.0);
    let from = mark + leave * RING;
    let first = from + Vec2::new(reach * 0.5, (words.y - mark.y) * 0.35 + up * 22.0);
    let curve = [from, first, words - vec2(reach, 0.0), words];
    let shape = CubicBezierShape::from_points_stroke(curve, false, Color32::TRANSPARENT, Stroke::NONE);
    let steps = 40;
    let points = (0..=steps).map(|n| shape.sample(drawn * n as f32 / steps as f32)).collect();
    painter.line(points, PathStroke::new(1.8, colour));
    if drawn >= 1.0 {
        painter.circle_filled(words, 3.5, colour);
    }
}
