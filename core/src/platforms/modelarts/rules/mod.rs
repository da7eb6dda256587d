//! The rules of ModelArts, in the order of the documentation.

use crate::fact::{Platform, Profile};
use crate::rule::Rule;

mod accounts;
mod apis;
mod batch;
mod bodies;
mod cross;
mod dependencies;
mod deployment;
mod document;
mod engine;
mod entries;
mod flavour;
mod gpu_driver;
mod gunicorn;
mod habits;
mod health;
mod keys;
mod listen;
mod listen_port;
mod machine;
mod mapping;
mod metrics;
mod model;
mod placeholder;
mod region;
mod request;
mod run_sh;
mod schema;
mod script;
mod secret;
mod size;
mod start;
mod stop_signal;
mod swr;

/// The profiles under which an image serves requests: the image is a model's, with config.json.
const SERVING: &[Profile] = &[Profile::RealTime, Profile::Batch];

/// What most rules of ModelArts begin with, for `..MODELARTS`: they are about serving. A training
/// job and a notebook read neither config.json nor the deployment and answer no requests.
const MODELARTS: Rule =
    Rule { platform: Some(Platform::ModelArts), profiles: SERVING, ..Rule::DEFAULT };

/// What the rules begin with that hold whatever the image is for, for `..ANY_USE`.
const ANY_USE: Rule = Rule { profiles: &[], ..MODELARTS };

pub(crate) static RULES: &[&Rule] = &[
    &document::SYNTAX,
    &document::DUPLICATE_KEY,
    &document::NOT_OBJECT,
    &document::FILE_NAME,
    &placeholder::LEFT,
    &model::ALGORITHM_MISSING,
    &model::ALGORITHM_FORMAT,
    &model::TYPE_MISSING,
    &model::TYPE_UNKNOWN,
    &model::RUNTIME_ON_IMAGE,
    &model::RUNTIME_MISMATCH,
    &model::RUNTIME_UNKNOWN,
    &model::RUNTIME_DEFAULT,
    &swr::MISSING,
    &swr::NOT_IMAGE,
    &swr::UNUSED,
    &swr::ADDRESS,
    &swr::ORGANISATION,
    &swr::REPOSITORY,
    &swr::TAG,
    &region::RULE,
    &metrics::TYPE,
    &metrics::RANGE,
    &metrics::PRECISION,
    &metrics::UNKNOWN_KEY,
    &apis::MISSING,
    &apis::SHAPE,
    &apis::NOT_ROOT,
    &apis::MANY,
    &apis::URL,
    &apis::DUPLICATE,
    &apis::METHOD,
    &apis::METHOD_GET,
    &apis::PROTOCOL,
    &keys::PROCOTOL,
    &keys::UNKNOWN,
    &keys::FIELD_TYPE,
    &bodies::NESTED,
    &bodies::KEY,
    &bodies::VALUE,
    &bodies::ML_JSON,
    &bodies::BATCH,
    &schema::DATA_TYPE,
    &schema::UNKNOWN_TYPE,
    &schema::ITEM,
    &schema::FILE,
    &schema::REQUIRED,
    &schema::BOUNDS,
    &dependencies::ON_IMAGE,
    &dependencies::INSTALLER,
    &dependencies::PACKAGES,
    &dependencies::SPECIAL,
    &dependencies::RESTRAINT_VALUE,
    &dependencies::RESTRAINT_MISSING,
    &dependencies::RESTRAINT_ALONE,
    &dependencies::UNPINNED,
    &health::MISSING,
    &health::NOT_IMAGE,
    &health::URL,
    &health::PROTOCOL,
    &health::METHOD,
    &health::NUMBER,
    &health::DELAY,
    &start::NONE,
    &start::BATCH_CMD,
    &start::BATCH_ENTRYPOINT,
    &start::NOT_COPIED,
    &run_sh::MISSING,
    &start::SHELL,
    &stop_signal::RULE,
    &listen::EXPOSE,
    &listen::NO_EXPOSE,
    &listen_port::RULE,
    &listen::LOCALHOST,
    &habits::COMPONENTS,
    &habits::LOG_FILE,
    &habits::BUFFERED,
    &gunicorn::KEEP_ALIVE,
    &gunicorn::GEVENT,
    &accounts::USER,
    &accounts::CLASH,
    &accounts::ROOT,
    &gpu_driver::RULE,
    &engine::PATHS,
    &size::IMAGE,
    &size::TRAINING,
    &size::LAYER,
    &machine::ARCHITECTURE,
    &machine::OS,
    &habits::HEALTHCHECK,
    &secret::SECRET,
    &script::CRLF,
    &script::SHEBANG,
    &script::STARTS_NOTHING,
    &script::NO_TRAP,
    &script::TERM_SLEEP,
    &script::NO_WAIT,
    &script::FOREGROUND,
    &script::UNQUOTED,
    &script::BASHISM,
    &request::SYNTAX,
    &request::DUPLICATE_KEY,
    &request::NEEDED,
    &request::UNKNOWN_KEY,
    &request::FIELD_TYPE,
    &deployment::INFER_TYPE,
    &deployment::NAME,
    &deployment::DESCRIPTION_FORM,
    &deployment::CONFIG_EMPTY,
    &entries::ONLY_ONE,
    &entries::WEIGHT_SUM,
    &entries::WEIGHT_STRING,
    &entries::COUNT,
    &entries::CUSTOM,
    &flavour::RULE,
    &entries::BATCH,
    &entries::SOURCE,
    &deployment::VPC,
    &deployment::STOP_SCHEDULE,
    &entries::LOG_VOLUME_PUBLIC,
    &entries::MOUNT,
    &entries::VARIABLE_SECRET,
    &entries::VARIABLE_TYPE,
    &entries::DUPLICATE,
    &cross::PORT,
    &cross::PROTOCOL,
    &cross::HEALTH_API,
    &cross::REQ_URI,
    &cross::GPU_IMAGE_ON_CPU,
    &batch::FILE_PARAMETER,
    &mapping::RULE,
    &batch::GRACE,
];
