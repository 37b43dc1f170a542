//! Undo and redo: whole workspaces, newest last.

use super::Workspace;

/// How many steps are kept.
const DEPTH: usize = 200;

/// What was, and what was undone.
#[derive(Debug, Default)]
pub struct History {
    past: Vec<Workspace>,
    future: Vec<Workspace>,
}

impl History {
    /// Keeps what was before a change; what was undone is gone.
    pub fn record(&mut self, before: Workspace) {
        self.future.clear();
        self.past.push(before);
        if self.past.len() > DEPTH {
            self.past.remove(0);
        }
    }

    /// One step back, giving up `now`.
    pub fn undo(&mut self, now: &Workspace) -> Option<Workspace> {
        let earlier = self.past.pop()?;
        self.future.push(now.clone());
        Some(earlier)
    }

    /// One step forward again, giving up `now`.
    pub fn redo(&mut self, now: &Workspace) -> Option<Workspace> {
        let later = self.future.pop()?;
        self.past.push(now.clone());
        Some(later)
    }

    /// Everything that could be gone back or forward to.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Workspace> {
        self.past.iter_mut().chain(&mut self.future)
    }

    /// Whether there is a step back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step forward.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}
