//! The `nisba` program: arguments to exit code.

use std::{path::PathBuf, process::ExitCode};

use nisba::error::Error;

fn main() -> ExitCode {
    nisba::cli::main(window)
}

#[cfg(feature = "gui")]
fn window(files: Vec<PathBuf>) -> Result<(), Error> {
    nisba::ui::run(files)
}

#[cfg(not(feature = "gui"))]
fn window(_files: Vec<PathBuf>) -> Result<(), Error> {
    Err(Error::usage("this build has no window", "use `nisba charts FILE`, or build with the feature `gui`"))
}
