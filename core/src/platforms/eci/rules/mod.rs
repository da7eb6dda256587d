//! The rules of ECI, in the order of the documentation.

mod credential;
mod document;
mod environment;
mod group;
mod image;
mod limits;
mod machine;
mod network;
mod ports;
mod probes;
mod registry;
mod spelling;
mod values;
mod volumes;

use crate::fact::Platform;
use crate::rule::Rule;

/// What all rules here have in common.
const ECI: Rule = Rule { platform: Some(Platform::Eci), ..Rule::DEFAULT };

pub(crate) static RULES: &[&Rule] = &[
    &document::SYNTAX,
    &document::WRONG_CLOUD,
    &document::PLACEHOLDER_LEFT,
    &spelling::PLURAL_ROOT,
    &spelling::INDEX_BASE,
    &spelling::UNKNOWN_PARAMETER,
    &spelling::FIELD_TYPE,
    &group::GROUP_NAME_MISSING,
    &group::GROUP_NAME_INVALID,
    &group::REGION_MISSING,
    &group::CONTAINER_MISSING,
    &group::NAME_MISSING,
    &group::SPOT_PRICE_MISSING,
    &image::MISSING,
    &image::SCHEME,
    &image::INVALID,
    &image::TAG_MISSING,
    &image::LATEST,
    &machine::RULE,
    &network::PUBLIC_PERSONAL,
    &network::REGION_MISMATCH,
    &network::INTERNET_IMAGE,
    &network::EIP_CONFLICT,
    &network::EIP_BANDWIDTH_UNUSED,
    &credential::SERVER_SCHEME,
    &credential::SERVER_PATH,
    &credential::INCOMPLETE,
    &credential::KEY_CASE,
    &credential::UNUSED,
    &credential::ENDPOINT_MISMATCH,
    &credential::DUPLICATE,
    &credential::PLAINTEXT,
    &registry::PROBABLY_NEEDED,
    &registry::PERSONAL_NEEDS_CREDENTIAL,
    &registry::ACR_HOST,
    &registry::ACR_ID,
    &registry::FLAG_HOST,
    &registry::FLAG_CONFLICT,
    &registry::CACHE_CONFLICT,
    &registry::SNAPSHOT_ID,
    &values::PULL_POLICY,
    &values::RESTART_POLICY,
    &values::PROTOCOL,
    &values::ENUM,
    &ports::RANGE,
    &ports::DUPLICATE,
    &ports::MISMATCH,
    &limits::TOO_MANY,
    &limits::SIZE,
    &limits::EXCEEDS,
    &environment::KEY,
    &environment::VALUE,
    &environment::SECRET,
    &probes::MULTIPLE,
    &probes::NONE,
    &probes::ON_INIT,
    &probes::NESTED_IN_ROS,
    &volumes::UNDEFINED,
    &volumes::UNUSED,
];

#[cfg(test)]
mod tests;
