//! Real files that are no part of the project, in the folder that `PLIMSOLL_CASES` names.
//!
//! A test that reads them is `#[ignore = "needs PLIMSOLL_CASES"]`, so that nobody takes it for
//! passed where there are none; `cargo xtask test` runs it where they are.

use std::path::PathBuf;

/// The variable that names the folder.
pub const VARIABLE: &str = "PLIMSOLL_CASES";

/// The folder of the cases, which must be there.
///
/// # Panics
///
/// Where the variable does not name a folder.
#[track_caller]
pub fn folder() -> PathBuf {
    let named = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty());
    let folder = PathBuf::from(named.unwrap_or_else(|| panic!("{VARIABLE} names no folder")));
    assert!(folder.is_dir(), "{VARIABLE} names {}, which is not a folder", folder.display());
    folder
}

/// A folder or file of the cases, which must be there.
///
/// # Panics
///
/// Where it is not.
#[track_caller]
pub fn path(name: &str) -> PathBuf {
    let path = folder().join(name);
    assert!(path.exists(), "{VARIABLE} names a folder that lacks {name}");
    path
}
