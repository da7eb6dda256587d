//! ROS templates: what the language demands, whatever is deployed.

use crate::rule::Rule;

mod document;
mod functions;
mod parameter_default;
mod parameters;
mod references;
mod resources;
mod sections;
mod sources;
mod substitution;
mod template;
mod version;

pub(super) static RULES: &[&Rule] = &[
    &document::SYNTAX,
    &document::DUPLICATE_KEY,
    &document::TEMPLATE_TOO_LARGE,
    &version::VERSION_MISSING,
    &version::VERSION_VALUE,
    &version::VERSION_UNQUOTED,
    &sections::TOP_LEVEL_UNKNOWN,
    &parameters::PARAM_TYPE,
    &parameters::PARAM_NAME,
    &parameter_default::PARAM_DEFAULT_NOT_ALLOWED,
    &parameters::PARAM_ALLOWED_NULL,
    &parameters::PARAM_CONFIRM,
    &parameters::PARAM_SECRET_NOECHO,
    &sections::GROUP_PARAMETER_UNDEFINED,
    &resources::RESOURCE_TYPE_MISSING,
    &resources::RESOURCE_ATTRIBUTE_UNKNOWN,
    &resources::TOO_MANY_RESOURCES,
    &references::REF_UNDEFINED,
    &references::DEPENDSON_UNDEFINED,
    &references::CONDITION_UNDEFINED,
    &references::MAPPING_UNDEFINED,
    &functions::FUNCTION_UNKNOWN,
    &functions::SHORT_TAG_NESTED,
    &substitution::SUB_SHELL_VARIABLE,
    &substitution::SUB_MISSING,
];
