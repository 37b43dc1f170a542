//! The `nisba` program: arguments to exit code.

use std::process::ExitCode;

use nisba::{cli::Opening, error::Error};

fn main() -> ExitCode {
    nisba::cli::main(window)
}

#[cfg(feature = "gui")]
fn window(opening: Opening) -> Result<(), Error> {
    nisba::ui::run(opening.files, opening.how, opening.troubles)
}

#[cfg(not(feature = "gui"))]
fn window(_opening: Opening) -> Result<(), Error> {
    Err(Error::usage("this build has no window", "use `nisba charts FILE`, or build with the feature `gui`"))
}
