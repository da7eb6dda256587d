//! The JSON of ModelArts as data: the model's `config.json`, and the request that deploys a service.

mod config;
mod service;

pub use config::CONFIG;
pub use service::SERVICE;
