//! The part of the command line's configuration that reads a text; its files are not looked for.

#[path = "../../cli/src/config/glob.rs"]
mod glob;
#[path = "../../cli/src/config/read.rs"]
mod read;

/// Whether `text` is a configuration.
pub(crate) fn is_read(text: &str) -> bool {
    read::read("plimsoll.toml", text).is_ok()
}

/// Whether `pattern` is one, and matches `path`.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    glob::Glob::new(pattern).is_ok_and(|glob| glob.matches(path))
}
