//! The rules of Compute Nest, in the order of the documentation.

use crate::rule::Rule;

mod application;
mod command;
mod compose;
mod delivery;
mod document;
mod identifiers;
mod keys;
mod package;
mod relations;

pub(crate) static RULES: &[&Rule] = &[
    &document::CONFIG_SYNTAX,
    &document::PLACEHOLDER_LEFT,
    &identifiers::MALFORMED,
    &identifiers::KIND_UNKNOWN,
    &identifiers::NAME_CHARS,
    &identifiers::UNQUOTED,
    &identifiers::EXTRA_TAG,
    &keys::IMAGE_WITHOUT_KEY,
    &keys::KEY_WITHOUT_IMAGE,
    &keys::CHART_WITHOUT_KEY,
    &keys::CROSSED,
    &keys::PULL_SECRET_MISSING,
    &keys::STRING_DATA,
    &keys::DOUBLE_BASE64,
    &keys::DECODE_MISSING,
    &delivery::PUBLIC_NETWORK,
    &delivery::AUTOSCALING,
    &delivery::IMAGE_DYNAMIC,
    &application::CLUSTER_ID,
    &application::YAML_CONTENT,
    &application::YAML_INVALID,
    &compose::INVALID,
    &compose::VERSION,
    &compose::HEREDOC,
    &command::SECRET_ECHO,
    &command::LOGIN_PASSWORD,
    &command::COMMAND_SIZE,
    &command::COMMAND_TIMEOUT_DEFAULT,
    &command::PARAMETER_BRACES,
    &relations::RELATION_MISSING,
    &relations::RELATION_UNUSED,
    &package::PACKAGE_NAME,
    &package::VERSION_NAME,
    &package::DESCRIPTION_RANGE,
    &package::TAGS_COUNT,
];
