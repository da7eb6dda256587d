//! Registry credentials: secrets that never show themselves, and the forms in which platforms
//! want a username and a password.
//!
//! Knows the forms, not the documents that they stand in, and no rule. No message that is made
//! here holds a password or the text that was read.

pub mod docker_auth;
pub mod docker_config;
pub mod eci;
mod error;
mod form;
pub mod kubernetes;
mod oddity;
mod secret;
mod shape;

pub use error::{EncodeError, ReadError};
pub use form::{Form, FormError, Login};
pub use oddity::{DecodeError, Oddity, Problem, ProblemKind};
pub use secret::{REDACTED, Secret};
pub(crate) use shape::tokens;
