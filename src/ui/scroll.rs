//! The ease with which a panel scrolls to a place, and what it sees.

use egui::Ui;

use crate::source::Place;

/// Where a panel is scrolled to, and where it is going.
#[derive(Default)]
pub struct Glide {
    now: f32,
    shift: f32,
    going: Option<Going>,
    jump: Option<f32>,
}

struct Going {
    to: Place,
    from: f32,
    since: Option<f64>,
}

impl Glide {
    /// Sets off for a place.
    pub fn go(&mut self, to: Place) {
        self.going = Some(Going { to, from: self.now, since: None });
    }

    /// Is there at once.
    pub fn jump(&mut self, to: f32) {
        self.going = None;
        self.jump = Some(to);
    }

    /// Stays where it is.
    pub fn stop(&mut self) {
        self.going = None;
    }

    /// Whether something `top` px down the content is well in sight of a view `room` px high.
    pub fn sees(&self, top: f32, room: f32) -> bool {
        self.going.is_none() && top >= self.now + 28.0 && top <= self.now + room - 48.0
    }

    /// The offset to scroll to in this frame, when it is another than the reader's own. `target` says where a place
    /// is to be scrolled to; it is asked every frame, for what is above it may still be growing.
    pub fn offset(&mut self, ui: &Ui, seconds: f32, target: impl Fn(Place) -> Option<f32>) -> Option<f32> {
        let shift = std::mem::take(&mut self.shift);
        if let Some(to) = self.jump.take() {
            self.now = to;
            return Some(to);
        }
        let Some(going) = &mut self.going else { return (shift != 0.0).then_some(self.now + shift) };
        let to = target(going.to)?;
        let now = ui.input(|input| input.time);
        let since = *going.since.get_or_insert(now);
        let part = if seconds > 0.0 { ((now - since) as f32 / seconds).clamp(0.0, 1.0) } else { 1.0 };
        let eased = 1.0 - (1.0 - part).powi(3);
        let from = going.from;
        if part >= 1.0 {
            self.going = None;
        } else {
            ui.ctx().request_repaint();
        }
        Some(egui::lerp(from..=to, eased))
    }

    /// After a frame: where it is scrolled to, and by how much what is above the view grew.
    pub fn scrolled(&mut self, now: f32, grown: f32) {
        self.now = now;
        self.shift = if self.going.is_none() { grown } else { 0.0 };
    }
}
