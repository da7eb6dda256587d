//! One file a command: options in, core asked, the answer shown.

mod auth;
mod check;
mod explain;
mod fix;
pub(crate) mod image;
mod init;
mod rules;
mod schema;

use crate::args::{Args, Command};
use crate::output::{Outcome, Output};

/// Does what the command line says.
pub(crate) fn run(args: Args) -> Outcome {
    let output = Output::new(args.lang(), args.color);
    let outcome = match args.command {
        Command::Check(options) => check::run(&options, &output),
        Command::Fix(options) => fix::run(&options, &output),
        Command::Auth(options) => auth::run(&options, &output),
        Command::Explain(options) => explain::run(&options, &output),
        Command::Image(options) => image::run(&options, &output),
        Command::Init(options) => init::run(&options, &output),
        Command::Rules(options) => rules::run(&options, &output),
        Command::Schema(options) => schema::run(&options, &output),
    };
    output.outcome(outcome)
}
