//! Rules on images that compute on a GPU.

use crate::rule::Rule;

mod build_query;
mod container_runtime;
mod cuda;
mod cuda_mismatch;
mod devel_image;
mod driver;
mod driver_capabilities;
mod install;
mod redundant_toolkit;
mod sources;
mod visible_devices;

pub(crate) use driver::driver_packages;

pub(super) static RULES: &[&Rule] = &[
    &cuda_mismatch::RULE,
    &driver::RULE,
    &build_query::RULE,
    &visible_devices::RULE,
    &driver_capabilities::RULE,
    &redundant_toolkit::RULE,
    &devel_image::RULE,
    &container_runtime::RULE,
];
