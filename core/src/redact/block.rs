//! Values of YAML that stand below their name: blocks, and scalars on lines of their own.

use std::ops::Range;

/// The value below the name that stands in the line from `line` on, where `at` is what follows its
/// colon: the lines of a block (`|`, `>-`), or what is indented more and is no key or list. `None`
/// where neither follows.
pub(super) fn below(text: &str, line: usize, at: usize) -> Option<Range<usize>> {
    let header = text.get(at..)?.split('\n').next()?;
    let first = at + header.len() + 1;
    let own = indent(text.get(line..)?);
    let is_block = is_header(header.trim());
    if !is_block && !header.trim().is_empty() || first >= text.len() {
        return None;
    }
    let mut end = first;
    for line in text[first..].split_inclusive('\n') {
        let body = line.trim();
        if !body.is_empty() && indent(line) <= own {
            break;
        }
        if !is_block && !is_plain(body) {
            break;
        }
        end += line.len();
    }
    let value = text[first..end].trim_end();
    (!value.trim().is_empty()).then(|| first..first + value.len())
}

/// `|`, `>-`, `|2+`, perhaps with a comment.
fn is_header(header: &str) -> bool {
    let header = header.split(" #").next().unwrap_or(header).trim_end();
    header.strip_prefix(['|', '>']).is_some_and(|marks| {
        marks.bytes().all(|mark| matches!(mark, b'-' | b'+') || mark.is_ascii_digit())
    })
}

/// Whether a line is nothing but a scalar.
fn is_plain(body: &str) -> bool {
    let is_other = body.is_empty()
        || body.starts_with(['#', '-', '{', '[', '}', ']', '<', '&', '*', '!', '?', '|', '>'])
        || body.contains(": ")
        || body.ends_with(':');
    !is_other && (!body.contains(' ') || body.starts_with(['"', '\'']))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
