//! Registry credentials: secrets that never show themselves, and the forms in which platforms
//! want a username and a password.
//!
//! Knows the forms, not the documents that they stand in, and no rule. No message that is made
//! here holds a password or the text that was read.

mod command_line;
mod container_group;
pub mod docker_auth;
pub mod docker_config;
pub mod docker_login;
mod document;
pub mod eas;
pub mod eci;
mod entry;
mod error;
mod form;
pub mod kubernetes;
mod note;
mod oddity;
mod recognise;
mod registry;
pub mod ros;
mod secret;
mod write;

pub use entry::{Entry, Given, Line, NoLogin};
pub use error::{EncodeError, ReadError};
pub use form::{Form, FormError, Format, Login};
pub use note::Note;
pub use oddity::{DecodeError, Oddity, Problem, ProblemKind};
pub use recognise::Other;
pub use secret::{REDACTED, Secret};
