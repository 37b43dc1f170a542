//! Nisba charts the figures of country reports, each mark tied to the very words that state it.
//!
//! The line, one way: bytes → [`format`] → document → [`reading`] → figures → [`facts`] → [`analysis`] → [`chart`]
//! → the window or [`export`]. A module imports only from those before it on this line; `tests/floors.rs` holds it.
//!
//! Words: a *figure* is a number printed in a source; a *chart* is a drawing; a *mark* is one dot, bar or line of it;
//! *evidence* is where a value is written and how it follows from what is written.

pub mod analysis;
pub mod chart;
pub mod cli;
pub mod error;
pub mod export;
pub mod facts;
pub mod format;
pub mod reading;
pub mod session;
pub mod source;
#[cfg(feature = "gui")]
pub mod ui;
