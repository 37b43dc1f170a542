//! One tab stop for many things: Tab comes to the one last visited, arrows walk the others, Enter or Space selects.

use egui::{EventFilter, Id, Key, Rect, Response, Sense, Ui};

/// The keyboard's way through a row, a list or a chart; made anew every frame.
pub struct Walk {
    id: Id,
    current: usize,
    count: usize,
    focused: bool,
}

impl Walk {
    /// A walk through `count` things, at the one last visited.
    pub fn new(ui: &Ui, salt: &str, count: usize) -> Self {
        let id = ui.ctx().viewport_id().0.with("walk").with(salt);
        let current = ui.data(|data| data.get_temp::<usize>(id)).unwrap_or(0).min(count.saturating_sub(1));
        Self { id, current, count, focused: false }
    }

    /// Puts the tab stop where the selection is, unless the keyboard is somewhere in the walk.
    pub fn start_at(&mut self, ui: &Ui, current: usize) {
        let walking = ui.memory(|memory| memory.focused()).is_some_and(|focused| focused == self.item_id(self.current));
        if !walking {
            self.current = current.min(self.count.saturating_sub(1));
        }
    }

    /// The id of one thing.
    pub fn item_id(&self, at: usize) -> Id {
        self.id.with(at)
    }

    /// The thing that Tab comes to.
    pub fn current(&self) -> usize {
        self.current
    }

    /// Takes clicks, hover and the keyboard for one thing.
    pub fn item(&mut self, ui: &Ui, at: usize, rect: Rect) -> Response {
        let id = self.item_id(at);
        let sense = if at == self.current { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(rect, id, sense);
        let asked = ui.input(|input| input.has_accesskit_action_request(id, egui::accesskit::Action::Focus));
        if (response.clicked() || asked) && at != self.current {
            self.current = at;
            ui.memory_mut(|memory| memory.request_focus(id));
        } else if response.clicked() {
            response.request_focus();
        }
        if response.has_focus() {
            self.focused = true;
        }
        response
    }

    /// Moves on with the arrows, Home and End, among things in a line; true when it moved.
    pub fn arrows(&mut self, ui: &Ui) -> bool {
        let step = self.pressed(ui);
        step.is_some_and(|step| {
            let last = self.count.saturating_sub(1);
            let next = match step {
                Step::By(rows, columns) => self.current.saturating_add_signed(rows + columns).min(last),
                Step::First => 0,
                Step::Last => last,
            };
            self.go(ui, next)
        })
    }

    /// The arrows pressed while the keyboard is in this walk.
    pub fn pressed(&self, ui: &Ui) -> Option<Step> {
        if !self.focused {
            return None;
        }
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(self.item_id(self.current), filter));
        let steps = [
            (Key::ArrowDown, Step::By(1, 0)),
            (Key::ArrowUp, Step::By(-1, 0)),
            (Key::ArrowRight, Step::By(0, 1)),
            (Key::ArrowLeft, Step::By(0, -1)),
            (Key::Home, Step::First),
            (Key::End, Step::Last),
        ];
        ui.input(|input| steps.into_iter().find(|(key, _)| input.key_pressed(*key)).map(|(_, step)| step))
    }

    /// Goes to one thing; true when it is another.
    pub fn go(&mut self, ui: &Ui, next: usize) -> bool {
        let moved = next != self.current;
        if moved {
            self.current = next;
            ui.memory_mut(|memory| memory.request_focus(self.item_id(next)));
            ui.ctx().request_repaint();
        }
        moved
    }

    /// Keeps where it is for the next frame.
    pub fn keep(self, ui: &Ui) {
        ui.data_mut(|data| data.insert_temp(self.id, self.current));
    }
}

/// A step of the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Rows down and columns right.
    By(isize, isize),
    /// To the first.
    First,
    /// To the last.
    Last,
}
