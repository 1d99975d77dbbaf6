//! `palier-server`: the server of a centre social, in one binary.

mod command_line;
mod serving;

use anyhow::Context;
use clap::Parser;

use crate::command_line::{Arguments, Command};

/// What is logged when nothing else is asked: of the libraries of PostgreSQL, warnings alone.
const QUIET: &str = "info,tokio_postgres=warn,refinery_core=warn";

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| QUIET.into()))
        .with_writer(std::io::stderr)
        .init();
    match arguments.command {
        Command::Serve(options) => tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .context("Start the runtime")?
            .block_on(serving::serve(options)),
        other => command_line::run(other),
    }
}
