//! Options of a command line: `--Container.1.Image nginx`, `--RegionId=cn-hangzhou`.

use super::{Flattened, Parameter, is_name, unquoted};
use crate::text::{MappedText, Span, SyntaxError, text};

/// Whether a line begins a command line: with an option, or with the program that takes them.
pub(super) fn begins(content: &str) -> bool {
    let content = content.strip_prefix("$ ").unwrap_or(content);
    content.starts_with("--") || content.starts_with("aliyun ") || content == "aliyun"
}

/// Reads from byte `from` of `source` as far as the command line goes; gives where it ends.
pub(super) fn read(source: &str, from: usize, request: &mut Flattened) -> usize {
    let mut words = Vec::new();
    let mut end = from;
    // A line of options after another is more of them, with or without a backslash.
    while end < source.len() {
        let rest = &source[end..];
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let content = line.trim();
        let goes_on =
            words.last().is_some_and(|(word, _): &(MappedText, Span)| word.text() == "\\");
        if !words.is_empty() && !goes_on && !begins(content) {
            break;
        }
        words.pop_if(|(word, _)| word.text() == "\\");
        split(line, end, &mut words);
        end += line.len();
    }
    words.pop_if(|(word, _)| word.text() == "\\");
    let is_option = |word: &str| word.starts_with("--");
    let named = words.iter().take_while(|(word, _)| !is_option(word.text()));
    request.is_call |= named.map(|(word, _)| word.text()).any(|word| word == "aliyun");
    collect(words.into_iter(), request);
    end
}

/// The words of one line; a backslash at its end is a word of its own.
fn split(line: &str, from: usize, words: &mut Vec<(MappedText, Span)>) {
    let mut at = 0;
    while let Some(skipped) = line[at..].find(|c: char| !c.is_whitespace()) {
        let start = at + skipped;
        let mut quote = None;
        let end = line[start..].char_indices().find(|(_, letter)| match quote {
            Some(open) => {
                quote = quote.filter(|_| *letter != open);
                false
            }
            None => {
                quote = Some(*letter).filter(|letter| matches!(letter, '"' | '\''));
                letter.is_whitespace()
            }
        });
        let end = end.map_or(line.trim_end().len().max(start), |(at, _)| start + at);
        let word = &line[start..end];
        words.push((MappedText::verbatim(word, from + start), Span::new(from + start, from + end)));
        at = end;
    }
}

/// Options of `words`, quotes still around them or not.
pub(super) fn collect(words: impl Iterator<Item = (MappedText, Span)>, request: &mut Flattened) {
    let mut words = words.peekable();
    let mut has_begun = false;
    while let Some((word, span)) = words.next() {
        let written = word.text();
        let name = written.strip_prefix("--").unwrap_or_default();
        let (key, joined) = match name.split_once('=') {
            Some((key, _)) => (key, Some(2 + key.len() + 1)),
            None => (name, None),
        };
        if !is_name(key) {
            // The program and the operation come first.
            if has_begun && !written.starts_with('-') {
                request.errors.push(SyntaxError::new(
                    span,
                    text("this belongs to no option", "此处不属于任何选项"),
                ));
            }
            continue;
        }
        has_begun = true;
        let key_span = word.span(2, 2 + key.len());
        let (value, value_span) = match joined {
            Some(from) => {
                let value = word.slice(from, written.len());
                let span = Span::new(value.whole().start as usize, span.end as usize);
                (value, span)
            }
            None => {
                words.next_if(|(next, _)| !next.text().starts_with("--")).unwrap_or_else(|| {
                    (
                        MappedText::decoded("", Span::at(span.end as usize)),
                        Span::at(span.end as usize),
                    )
                })
            }
        };
        let inner = unquoted(value.text());
        request.parameters.push(Parameter {
            key: key.to_owned(),
            key_span,
            value: value.slice(inner.start, inner.end),
            value_span,
        });
    }
}
