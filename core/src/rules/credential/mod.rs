//! docker's config.json: whether it logs in anywhere, and what it gives away.

use crate::rule::Rule;

mod config;
mod document;
mod entries;

pub(super) use config::Config;
pub(super) use entries::{
    auth_invalid, auth_mismatch, committed, docker_hub_key, host, is_for, store, without_login,
};

pub(super) static RULES: &[&Rule] = &[
    &document::SYNTAX,
    &document::AUTH_INVALID,
    &document::WITHOUT_LOGIN,
    &document::AUTH_MISMATCH,
    &document::STORE,
    &document::DOCKER_HUB_KEY,
    &document::COMMITTED,
];
