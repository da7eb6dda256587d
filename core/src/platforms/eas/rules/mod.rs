//! The rules of EAS, in the order of the documentation.

use crate::rule::Rule;

mod build;
mod compute;
mod container;
mod cuda;
mod docker_auth;
mod document;
mod environment;
mod gpu;
mod image;
mod keys;
mod metadata;
mod mount_path;
mod name;
mod network;
mod oss;
mod ports;
mod prepare;
mod probes;
mod processor;
mod start;
mod storage;

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
    &compute::NO_TARGET,
    &compute::IMPLICIT,
    &compute::RESOURCE_AND_TYPE,
    &compute::RESOURCE,
    &compute::TYPE_SHAPE,
    &cuda::GPU_IMAGE_ON_CPU,
    &cuda::CUDA_MISMATCH,
    &cuda::DRIVER_TOO_OLD,
    &compute::CAPACITY,
    &network::TRIPLE_INCOMPLETE,
    &network::ID,
    &network::NEEDS_VPC,
    &network::GATEWAY_SHARED,
    &network::NLB_PORT,
    &network::NLB_ONE_ZONE,
    &compute::SCALER_BOUNDS,
    &compute::SCALER_FORMS,
    &container::IMAGE_MISSING,
    &ports::RESERVED,
    &ports::RESERVED_IN_COMMAND,
    &ports::DOCKERFILE_RESERVED,
    &ports::MISSING,
    &ports::MISMATCH_COMMAND,
    &ports::MISMATCH_DOCKERFILE,
    &ports::DUPLICATE,
    &ports::BIND_LOOPBACK,
    &start::NO_COMMAND,
    &start::COMMAND_AND_SCRIPT,
    &start::OVERRIDES_IMAGE,
    &start::COMMAND_IS_SHELL,
    &start::SCRIPT_NEEDS_SHELL,
    &prepare::PREPARE_NEEDS_PYTHON,
    &prepare::REQUIREMENTS_PATH_IN_LIST,
    &prepare::REQUIREMENTS_BOTH,
    &prepare::PREPARE_OFFLINE,
    &environment::ENV_SHAPE,
    &environment::ENV_LISTENING_PORT,
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
    &docker_auth::OTHER_REGISTRY,
    &build::ARCH,
    &build::MODEL_IN_IMAGE,
    &build::PIP_PUBLIC_INDEX,
    &mount_path::PATH_MISSING,
    &mount_path::PATH_RELATIVE,
    &mount_path::PATH_SYSTEM,
    &mount_path::PATH_DUPLICATE,
    &mount_path::PATH_NESTED,
    &storage::SOURCE,
    &oss::OSS_SCHEME,
    &oss::OSS_SLASH,
    &oss::OSS_ENDPOINT,
    &storage::READ_ONLY_SPELLING,
    &storage::NAS_WITHOUT_VPC,
    &storage::GIT_SCHEME,
    &storage::MEMORY_SHAPE,
    &storage::CPFS_NEEDS_QUOTA,
    &mount_path::SHADOWS_IMAGE,
    &processor::TYPE,
    &processor::ENTRY,
    &processor::MODEL_MISSING,
    &processor::BOTH_MODES,
    &processor::PACKED_MODEL,
];
