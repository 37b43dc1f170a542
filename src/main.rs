//! The `nisba` program: arguments to exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    nisba::cli::main()
}
