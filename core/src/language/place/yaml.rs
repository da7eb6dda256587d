//! The place of a caret in YAML of blocks; between brackets nothing is told.

use super::{Form, Place, Step};

/// A line as a part of blocks.
#[derive(Debug)]
struct Line<'a> {
    /// The columns of its dashes.
    dashes: Vec<usize>,
    /// The column of what stands behind the dashes.
    column: usize,
    /// The key, if the line has one.
    key: Option<&'a str>,
    /// Where the key begins and ends in the text.
    start: usize,
    end: usize,
    /// Where the value begins; behind the `:`.
    value: usize,
    /// Whether a block of text begins here.
    is_block: bool,
}

pub(super) fn find(text: &str, caret: usize) -> Option<Place> {
    let (lines, own) = lines(text, caret)?;
    let line = lines.get(own)?;
    // As `lines` has it: a `\r` within a line does not end it.
    let end = text[line.start..].find('\n').map_or(text.len(), |end| line.start + end);
    let written = text[line.start..end].trim_end_matches('\r');
    let content_end = line.start + written.len();
    let hash = if written.starts_with('#') { Some(0) } else { written.find(" #").map(|at| at + 1) };
    if hash.is_some_and(|hash| caret > line.start + hash) {
        return None;
    }
    let mut path = path_to(&lines, own);
    if line.key.is_some() && caret > line.end {
        path.push(Step::Key(unquoted(line.key.unwrap_or_default()).to_owned()));
        let value = &text[line.value..content_end];
        let from = line.value + (value.len() - value.trim_start().len());
        let end = value.find(" #").map_or(value.len(), |at| at);
        let to = line.value + value[..end].trim_end().len();
        if value.trim_start().starts_with(['{', '[', '!', '&', '*', '|', '>']) {
            return None;
        }
        let word = from.min(caret)..to.max(caret);
        return Some(place(path, false, Vec::new(), word, false));
    }
    let word = if line.key.is_some() {
        line.start.min(caret)..line.end.max(caret)
    } else {
        line.start.min(caret)..(line.start + written.trim_end().len()).max(caret)
    };
    let known = siblings(&lines, own);
    Some(place(path, true, known, word, line.key.is_some()))
}

fn place(
    path: Vec<Step>,
    is_key: bool,
    known: Vec<String>,
    word: std::ops::Range<usize>,
    has_sign: bool,
) -> Place {
    Place { form: Form::Yaml, path, is_key, known, word, has_sign }
}

/// The lines of the caret's document, without empty ones, comments and blocks of text; and which
/// is the caret's. `None` where the caret stands in a block of text.
fn lines(text: &str, caret: usize) -> Option<(Vec<Line<'_>>, usize)> {
    let mut found: Vec<Line<'_>> = Vec::new();
    let mut own = None;
    let mut block = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_end_matches(['\n', '\r']);
        let is_own = caret >= start && caret <= start + bare.len() && own.is_none();
        let indent = bare.len() - bare.trim_start_matches(' ').len();
        let is_blank = bare.trim().is_empty();
        if let Some(column) = block {
            // Nothing but blanks may be the beginning of something less deep.
            if (is_own || !is_blank) && indent > column {
                if is_own {
                    return None;
                }
                continue;
            }
            if !is_blank {
                block = None;
            }
        }
        if bare.starts_with("---") {
            if own.is_some() {
                break;
            }
            found.clear();
            continue;
        }
        if !is_own && (is_blank || bare.trim_start().starts_with('#')) {
            continue;
        }
        let line = read(bare, start);
        if is_own {
            own = Some(found.len());
        }
        block = block.or(line.is_block.then_some(line.column));
        found.push(line);
    }
    if own.is_none() && caret >= at {
        own = Some(found.len());
        found.push(read("", caret));
    }
    Some((found, own?))
}

fn read(line: &str, start: usize) -> Line<'_> {
    let mut column = line.len() - line.trim_start_matches(' ').len();
    let mut dashes = Vec::new();
    while let Some(rest) = line[column..].strip_prefix('-')
        && rest.chars().next().is_none_or(|next| next == ' ')
    {
        dashes.push(column);
        column += 1 + (rest.len() - rest.trim_start_matches(' ').len());
    }
    let content = &line[column..];
    let sign = content.find(": ").or(content.trim_end().strip_suffix(':').map(str::len));
    let sign = sign.filter(|_| !content.starts_with(['#', '{', '[']));
    let key = sign.map(|sign| content[..sign].trim_end());
    let value = sign.map_or("", |sign| content[sign + 1..].trim());
    let is_block = key.is_some() && value.starts_with(['|', '>'])
        || key.is_none() && content.starts_with(['|', '>']);
    Line {
        dashes,
        column,
        key,
        start: start + column,
        end: start + column + key.map_or(0, str::len),
        value: start + column + sign.map_or(0, |sign| sign + 1),
        is_block,
    }
}

/// The way to the object that line `own` stands in.
fn path_to(lines: &[Line<'_>], own: usize) -> Vec<Step> {
    let mut path = Vec::new();
    let Some(line) = lines.get(own) else { return path };
    path.extend(line.dashes.iter().map(|_| Step::Item));
    let mut column = line.dashes.first().copied().unwrap_or(line.column);
    let mut is_item = !line.dashes.is_empty();
    for above in lines[..own].iter().rev() {
        // A dash may stand right below its key.
        let is_parent = above.column < column || is_item && above.column == column;
        if above.key.is_some() && is_parent && (above.dashes.is_empty() || above.column <= column) {
            path.push(Step::Key(unquoted(above.key.unwrap_or_default()).to_owned()));
            column = above.column;
            is_item = false;
        }
        // The element that it stands in.
        for dash in above.dashes.iter().rev() {
            let is_around = *dash < column && above.column <= column;
            if is_around {
                path.push(Step::Item);
                column = *dash;
                is_item = true;
            }
        }
        if column == 0 && !is_item {
            break;
        }
    }
    path.reverse();
    path
}

/// The keys beside line `own`.
fn siblings(lines: &[Line<'_>], own: usize) -> Vec<String> {
    let Some(line) = lines.get(own) else { return Vec::new() };
    let key = |line: &Line<'_>| line.key.map(|key| unquoted(key).to_owned());
    let mut found = Vec::new();
    if line.dashes.is_empty() {
        for above in lines[..own].iter().rev() {
            if above.column < line.column {
                break;
            }
            if above.column == line.column {
                found.extend(key(above));
                if !above.dashes.is_empty() {
                    break;
                }
            }
        }
    }
    for below in lines.iter().skip(own + 1) {
        let begins = below.dashes.first().copied().unwrap_or(below.column);
        if begins < line.column {
            break;
        }
        if below.column == line.column {
            found.extend(key(below));
        }
    }
    found
}

fn unquoted(key: &str) -> &str {
    key.trim_matches(['"', '\''])
}
