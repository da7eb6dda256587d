//! What an editor asks: painting, completion, hover.

mod laws;
mod tokens;
