//! What the page weighs, as it lies there and as a server sends it.

use std::fs;
use std::io;
use std::path::Path;

use brotli_size::brotli_size;

use crate::Failure;
use crate::arguments::Profile;

/// Prints the size of every file; a page that is not shipped is not compressed for it.
pub(super) fn report(dist: &Path, profile: Profile) -> Result<(), Failure> {
    let mut names: Vec<_> =
        fs::read_dir(dist)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>()?;
    names.sort();
    let (mut raw, mut sent) = (0, 0);
    println!("{:>11} {:>11}", "raw", "brotli");
    for name in names {
        let bytes = fs::read(dist.join(&name))?;
        let name = name.to_string_lossy();
        let compressed = match profile {
            Profile::Page if !is_apart(&name) => Some(brotli_size(&bytes)?),
            _ => None,
        };
        if !is_apart(&name) {
            raw += bytes.len();
            sent += compressed.unwrap_or_default();
        }
        let compressed = compressed.map(kilobytes).unwrap_or_default();
        println!("{:>11} {compressed:>11}  dist/{name}", kilobytes(bytes.len()));
    }
    let sent = if sent > 0 { kilobytes(sent) } else { String::new() };
    println!("{:>11} {sent:>11}  what the page loads", kilobytes(raw));
    Ok(())
}

/// Whether the page does not load a file of this name.
fn is_apart(name: &str) -> bool {
    name == "plimsoll.html"
}

fn kilobytes(bytes: usize) -> String {
    format!("{:.1} KB", bytes as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_in_powers_of_ten() {
        assert_eq!(kilobytes(1_049), "1.0 KB");
    }
}
