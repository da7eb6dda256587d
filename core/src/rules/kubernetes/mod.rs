//! Kubernetes objects and the Secrets that images are pulled with.

use crate::rule::Rule;

mod image;
mod login;
mod objects;
mod payload;
mod pull_secret;
mod pull_secret_form;
mod secret;
pub(super) mod sources;
mod stream;
mod workload;

pub(super) static RULES: &[&Rule] = &[
    &objects::SYNTAX,
    &objects::KIND_MISSING,
    &objects::NAME_MISSING,
    &objects::NAMESPACE_UNDEFINED,
    &workload::SELECTOR_MISSING,
    &workload::TEMPLATE_LABELS,
    &image::REFERENCE_INVALID,
    &secret::KEY_MISSING,
    &secret::NOT_BASE64,
    &secret::NOT_JSON,
    &secret::STRINGDATA_BASE64,
    &secret::DATA_PLAIN,
    &secret::DOCKERCFG_AUTHS,
    &secret::AUTHS_MISSING,
    &secret::AUTHS_EMPTY,
    &login::AUTH_INVALID,
    &login::AUTH_MISMATCH,
    &login::CREDSTORE,
    &login::COMMITTED,
    &login::DOCKERHUB_KEY,
    &pull_secret_form::SHAPE,
    &pull_secret_form::PLACEMENT,
    &pull_secret::UNDEFINED,
    &pull_secret::NAMESPACE,
    &pull_secret::TYPE_WRONG,
    &pull_secret::HOST,
];
