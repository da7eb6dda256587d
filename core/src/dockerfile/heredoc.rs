//! Heredocs: `RUN <<EOF`, `COPY <<"EOF" /file`.

use super::expand::{delimiter_words, raw_words};
use super::lines::Lines;
use crate::text::{MappedText, Span, SyntaxError, text};

/// A heredoc of an instruction.
#[derive(Clone, Debug)]
pub struct Heredoc {
    /// The delimiter, without quotes.
    pub name: String,
    /// Where `<<NAME` stands.
    pub marker: Span,
    /// The file descriptor before `<<`; 0 if none is given.
    pub descriptor: u32,
    /// Whether variables in the body are expanded: not where the delimiter is quoted.
    pub expands: bool,
    /// Whether leading tabs go (`<<-`).
    pub chomps: bool,
    /// The lines between, tabs included.
    pub body: MappedText,
    /// From the first byte of the body to the end of the delimiter's line.
    pub span: Span,
}

/// A word such as `<<EOF`, `3<<-'EOF'`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The delimiter, without quotes.
    pub name: String,
    /// The file descriptor before `<<`; 0 if none is given.
    pub descriptor: u32,
    /// Whether variables in the body are expanded.
    pub expands: bool,
    /// Whether leading tabs go.
    pub chomps: bool,
}

/// A word that begins like a heredoc's, with quotes that are never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadMarker;

/// Reads one word as a heredoc's marker; `None` if it is none.
///
/// # Errors
/// The delimiter has a quote that is never closed.
pub fn read_marker(word: &str) -> Result<Option<Marker>, BadMarker> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let Some(rest) = word.get(digits..).and_then(|rest| rest.strip_prefix("<<")) else {
        return Ok(None);
    };
    let (rest, chomps) = match rest.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let rest = rest.trim_start_matches(['\t', '\n', '\u{c}', '\r', ' ']);
    if rest.is_empty() || rest.contains('<') {
        return Ok(None);
    }
    let rest = MappedText::verbatim(rest, 0);
    let words = delimiter_words(&rest, false).ok_or(BadMarker)?;
    let [name] = &words[..] else { return Ok(None) };
    let quoted = delimiter_words(&rest, true).ok_or(BadMarker)?;
    let quotes = |text: &str| text.matches(['\'', '"']).count();
    let with_quotes = quoted.first().map_or(0, |word| quotes(word.text.text()));
    let name = name.text.text().to_owned();
    Ok(Some(Marker {
        expands: quotes(&name) == with_quotes,
        name,
        descriptor: word[..digits].parse().unwrap_or(0),
        chomps,
    }))
}

/// The heredocs that `line` opens, without their bodies.
pub(super) fn markers(line: &MappedText, errors: &mut Vec<SyntaxError>) -> Vec<Heredoc> {
    if !line.text().contains("<<") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for word in raw_words(line).unwrap_or_default() {
        let span = line.span(word.start, word.end);
        match read_marker(word.text.text()) {
            Ok(Some(marker)) => found.push(Heredoc {
                name: marker.name,
                marker: span,
                descriptor: marker.descriptor,
                expands: marker.expands,
                chomps: marker.chomps,
                body: MappedText::new(),
                span: Span::default(),
            }),
            Ok(None) => {}
            Err(BadMarker) => errors.push(SyntaxError::new(
                span,
                text("this heredoc's name has an open quote", "该 heredoc 名称的引号没有闭合"),
            )),
        }
    }
    found
}

/// Reads the bodies of `heredocs` from the lines that follow. The end of the last one, in bytes.
pub(super) fn read_bodies(
    heredocs: &mut [Heredoc],
    lines: &mut Lines<'_>,
    errors: &mut Vec<SyntaxError>,
) -> Option<usize> {
    let mut last = None;
    let mut is_lost = false;
    for heredoc in heredocs {
        let mut start = None;
        let mut end = heredoc.marker.end as usize;
        let mut is_closed = false;
        while let Some((offset, line)) = lines.next_physical() {
            start = start.or(Some(offset));
            let bare = line.trim_end_matches(['\n', '\r']);
            let candidate = if heredoc.chomps { bare.trim_start_matches('\t') } else { bare };
            end = offset + bare.len();
            if candidate == heredoc.name {
                is_closed = true;
                break;
            }
            heredoc.body.push_verbatim(line, offset);
        }
        heredoc.span = Span::new(start.unwrap_or(end), end);
        last = Some(end);
        // One that never ends takes all that follows, so that the next has nothing to end with.
        if !is_closed && !is_lost {
            is_lost = true;
            errors.push(
                SyntaxError::new(
                    heredoc.marker,
                    text(
                        "this heredoc never ends: no line is just `{name}`",
                        "该 heredoc 没有结束：没有只含 `{name}` 的行",
                    ),
                )
                .arg("name", &heredoc.name),
            );
        }
    }
    last
}
