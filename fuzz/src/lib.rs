//! What must hold of any bytes, for every target. A law that is broken panics.

mod documents;
mod spans;

pub use documents::{check, kind_and_text, project, settings};
pub use spans::lie_on;
