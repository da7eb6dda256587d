//! Rules on secrets, and checks of certificates and signatures that are switched off.
//!
//! Most stand in the default set: a check that is off once is off for every build, and a secret in
//! a layer is read by whoever pulls the image. Where only a name speaks, the rule is strict.

use crate::rule::Rule;

mod chpasswd;
mod fetch;
mod git;
mod node;
mod python;
mod repositories;
mod secret_file;
mod secret_run;
mod secret_variable;
mod setting;
mod signatures;

pub(super) static RULES: &[&Rule] = &[
    &secret_variable::WRITTEN,
    &secret_variable::NAMED,
    &secret_run::RULE,
    &secret_file::RULE,
    &chpasswd::RULE,
    &fetch::CURL,
    &fetch::WGET,
    &python::PIP_HOST,
    &python::PIP_VARIABLE,
    &python::HTTPS_VERIFY,
    &node::REJECT_UNAUTHORIZED,
    &node::STRICT_SSL_VARIABLE,
    &node::STRICT_SSL,
    &git::RULE,
    &repositories::RULE,
    &signatures::APK,
    &signatures::APT,
    &signatures::APT_FORCE,
    &signatures::YUM,
    &signatures::RPM,
];
