//! The rules of EAS, in the order of the documentation.

use crate::rule::Rule;

mod container;
mod docker_auth;
mod document;
mod gpu;
mod image;
mod keys;
mod metadata;
mod name;
mod ports;
mod probes;

pub(crate) static RULES: &[&Rule] = &[
    &document::JSON_SYNTAX,
    &document::DUPLICATE_KEY,
    &document::DOTTED_KEY,
    &keys::UNKNOWN_TOP_LEVEL_KEY,
    &keys::UNKNOWN_KEY,
    &keys::KNOWN_WRONG_KEY,
    &keys::BOOL_AS_STRING,
    &keys::NUMBER_AS_STRING,
    &keys::FIELD_TYPE,
    &keys::FIELD_VALUE,
    &document::PLACEHOLDER_LEFT,
    &docker_auth::SECRET_IN_JSON,
    &name::MISSING,
    &name::CONFLICT,
    &name::TOP_LEVEL,
    &name::PATTERN,
    &name::HYPHEN,
    &name::LENGTH,
    &metadata::INSTANCE_MISSING,
    &metadata::MEMORY,
    &metadata::KEEPALIVE,
    &gpu::CORE_RANGE,
    &gpu::CORE_NEEDS_MEMORY,
    &gpu::MEMORY_IGNORED,
    &gpu::SLICING_PUBLIC,
    &metadata::CUDA,
    &metadata::QOS_VALUE,
    &metadata::TYPE_VALUE,
    &metadata::SPREAD_POLICY,
    &metadata::ROLLING_STRATEGY,
    &metadata::BATCH_WITHOUT_BATCHING,
    &metadata::SIGTERM_UNHANDLED,
    &container::IMAGE_MISSING,
    &ports::RESERVED,
    &ports::RESERVED_IN_COMMAND,
    &ports::DOCKERFILE_RESERVED,
    &ports::MISSING,
    &ports::MISMATCH_COMMAND,
    &ports::MISMATCH_DOCKERFILE,
    &ports::DUPLICATE,
    &ports::BIND_LOOPBACK,
    &container::NO_COMMAND,
    &container::COMMAND_AND_SCRIPT,
    &container::OVERRIDES_IMAGE,
    &container::COMMAND_IS_SHELL,
    &container::SCRIPT_NEEDS_SHELL,
    &container::PREPARE_NEEDS_PYTHON,
    &container::REQUIREMENTS_PATH_IN_LIST,
    &container::REQUIREMENTS_BOTH,
    &container::PREPARE_OFFLINE,
    &container::ENV_SHAPE,
    &container::ENV_LISTENING_PORT,
    &probes::RESERVED,
    &probes::MISMATCH,
    &probes::KIND,
    &probes::FIELD_CASE,
    &probes::NONE,
    &container::GRPC_FLAG,
    &container::OSS_URL_IN_COMMAND,
    &gpu::TENSOR_PARALLEL_COUNT,
    &image::ADDRESS,
    &image::PUBLIC_ENDPOINT,
    &image::VPC_WITHOUT_VPC,
    &image::REGION_MISMATCH,
    &image::DOCKER_HUB,
    &image::PERSONAL,
    &image::TAG,
    &docker_auth::FORMAT,
    &docker_auth::PLACE,
    &docker_auth::MISSING,
];
