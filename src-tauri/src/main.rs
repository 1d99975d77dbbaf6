//! The tablet app on a desktop: reads the command line, then opens the window.

// A release on Windows must not open a console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use palier_app::{Start, USAGE, start_of};

fn main() -> ExitCode {
    match start_of(std::env::args().skip(1)) {
        Ok(Start::Run(options)) => match palier_app::run(options) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("palier-app : {error:#}");
                ExitCode::FAILURE
            }
        },
        Ok(Start::Usage) => {
            eprintln!("{USAGE}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("palier-app : {problem}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}
