//! What an editor asks: painting, completion, hover.

mod completion;
mod hover;
mod laws;
mod tokens;
