//! The thread: a fine curve from the lit mark to its words, over the panels.

use egui::{
    Color32, LayerId, Order, Pos2, Rect, Stroke,
    epaint::{CubicBezierShape, PathStroke},
    pos2,
};

/// From a mark to the left edge of its words; `drawn` from 0 to 1 is how much of it is out.
pub fn paint(ctx: &egui::Context, from: Pos2, to: Rect, colour: Color32, drawn: f32) {
    let end = pos2(to.left() - 4.0, to.center().y);
    let painter = ctx.layer_painter(LayerId::new(Order::Middle, egui::Id::unique("thread")));
    let reach = ((end.x - from.x).abs() * 0.5).max(40.0);
    let curve = [from, from + egui::vec2(reach, 0.0), end - egui::vec2(reach, 0.0), end];
    if drawn >= 1.0 {
        let stroke = PathStroke::new(1.8, colour);
        painter.add(CubicBezierShape::from_points_stroke(curve, false, Color32::TRANSPARENT, stroke));
        painter.circle_filled(end, 3.5, colour);
        return;
    }
    let shape = CubicBezierShape::from_points_stroke(curve, false, Color32::TRANSPARENT, Stroke::NONE);
    let steps = 24;
    let points = (0..=steps).map(|n| shape.sample(drawn * n as f32 / steps as f32)).collect();
    painter.line(points, PathStroke::new(1.8, colour));
}
