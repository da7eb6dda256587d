//! The platforms: one folder each, none of which knows another; `between.rs` compares them.
//!
//! `spec.rs` holds what the platform demands, each fact once and with its source; `shape.rs` the
//! form of its JSON as data; `rules/` compares a project with both.

pub(crate) mod between;
pub mod compute_nest;
pub mod eas;
pub mod eci;
pub mod modelarts;

use crate::document::Kind;
use crate::tree::schema::Shape;

/// The form of documents of `kind`, where a platform prescribes one.
pub fn shape(kind: Kind) -> Option<&'static Shape> {
    match kind {
        Kind::EasService => Some(&eas::shape::SERVICE),
        Kind::ModelArtsConfig => Some(&modelarts::shape::CONFIG),
        Kind::EciRequest => Some(&eci::shape::REQUEST),
        Kind::ComputeNestConfig => Some(&compute_nest::shape::CONFIG),
        Kind::RosTemplate => Some(&crate::ros::shape::TEMPLATE),
        Kind::ModelArtsService => Some(&modelarts::shape::SERVICE),
        _ => None,
    }
}
