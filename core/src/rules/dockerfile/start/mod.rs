//! Rules on CMD, ENTRYPOINT, HEALTHCHECK, USER, WORKDIR, EXPOSE, STOPSIGNAL: how the container
//! starts, runs and stops.

use crate::rule::Rule;

mod cmd_ignored;
mod exec_line;
mod exec_syntax;
mod exec_variable;
mod exec_word;
mod expose;
mod healthcheck;
mod json_args;
mod port22;
mod repeated;
mod section;
mod signal;
mod sources;
mod system_folder;
mod unused_user;
mod user;
mod user_without_passwd;
mod workdir;

pub(super) static RULES: &[&Rule] = &[
    &exec_word::RULE,
    &exec_syntax::RULE,
    &exec_variable::RULE,
    &json_args::RULE,
    &cmd_ignored::IGNORED,
    &cmd_ignored::REPEATED,
    &repeated::CMD,
    &repeated::ENTRYPOINT,
    &repeated::HEALTHCHECK,
    &healthcheck::RULE,
    &user::ROOT,
    &user::MISSING,
    &user::BY_NAME,
    &user_without_passwd::RULE,
    &unused_user::RULE,
    &workdir::ABSOLUTE,
    &workdir::RELATIVE,
    &system_folder::RULE,
    &expose::PORT,
    &expose::FORMAT,
    &expose::PROTOCOL,
    &port22::RULE,
    &signal::UNKNOWN,
    &signal::UNGRACEFUL,
    &signal::CANONICAL,
];
