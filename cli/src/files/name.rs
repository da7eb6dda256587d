//! The names of files as reports show them: text, with `/`, and no two files under one name.
//!
//! A shown name is for people and programs that read a report. Nothing is opened or written by it:
//! that is what the path beside it is for.

use std::path::Path;

/// The path as reports write it: with `/`, without a leading `./`. Bytes that are no text are shown
/// as `\xFF`.
pub(crate) fn display(path: &Path) -> String {
    shown(path, 1)
}

/// A name of `path` that is not yet taken.
pub(super) fn unused(path: &Path, is_taken: impl Fn(&str) -> bool) -> String {
    // Names that are shown alike are rare: only a name that is no text can be taken for another.
    for depth in 1..16 {
        let name = shown(path, depth);
        if !is_taken(&name) {
            return name;
        }
    }
    let mut name = format!("./{}", shown(path, 1));
    while is_taken(&name) {
        name.insert_str(0, "./");
    }
    name
}

/// The path as text; a byte that is none is shown behind `depth` backslashes.
fn shown(path: &Path, depth: usize) -> String {
    let text = as_text(path, depth);
    let mut rest = text.as_str();
    while let Some(below) = rest.strip_prefix("./") {
        rest = below.trim_start_matches('/');
    }
    // `./-` is a file, `-` is standard input.
    if rest.is_empty() || rest == "-" { text } else { rest.to_owned() }
}

#[cfg(unix)]
fn as_text(path: &Path, depth: usize) -> String {
    use std::os::unix::ffi::OsStrExt;
    let mut text = String::new();
    for chunk in path.as_os_str().as_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&"\\".repeat(depth));
            text.push_str(&format!("x{byte:02X}"));
        }
    }
    text
}

#[cfg(not(unix))]
fn as_text(path: &Path, _: usize) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    fn path(bytes: &[u8]) -> &Path {
        Path::new(OsStr::from_bytes(bytes))
    }

    #[test]
    fn a_backslash_is_a_letter_and_a_byte_that_is_no_text_an_escape() {
        assert_eq!(display(path(b"./a\\b")), "a\\b");
        assert_eq!(display(path(b".//a/./b")), "a/./b");
        assert_eq!(display(path(b"D\xFF.sh")), "D\\xFF.sh");
        assert_eq!(display(path(b"./-")), "./-");
        assert_eq!(display(path(b".")), ".");
        assert_eq!(display(path(b"./")), "./");
    }

    #[test]
    fn files_that_would_be_shown_alike_have_different_names() {
        let mut taken: Vec<String> = Vec::new();
        for bytes in [&b"D\xFF"[..], b"D\\xFF", b"D\xEF\xBF\xBD", b"D\xFE"] {
            let name = unused(path(bytes), |name| taken.iter().any(|one| one == name));
            assert!(!taken.contains(&name), "{name}");
            taken.push(name);
        }
    }
}
