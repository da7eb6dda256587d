//! The steps of an image's history without their secrets. Each builder writes them in its own way:
//! `|1 TOKEN=a b /bin/sh -c …`, `/bin/sh -c #(nop)  ENV TOKEN=a b`, `RUN |1 TOKEN=a b /bin/sh -c …
//! # buildkit`, `CMD ["serve" "--password" "a"]`. Values stand there without quotes.

use std::ops::Range;

use super::covered::Cover;

/// `step` without its secrets; `shell` is what the image runs its commands in.
pub(super) fn covered(cover: &mut Cover, step: &str, shell: &str) -> String {
    const NO_COMMAND: &str = "#(nop)";
    // What another field tells is covered first: here nothing tells where a value ends.
    let step = cover.hidden.cover(step);
    let start = step.find(NO_COMMAND).map_or(0, |at| at + NO_COMMAND.len());
    let (head, rest) = step.split_at(start);
    let body = rest.trim_start();
    let head = format!("{head}{}", &rest[..rest.len() - body.len()]);
    let (keyword, arguments) = match body.split_once(' ') {
        Some((keyword, arguments)) => (keyword, arguments),
        None => (body, ""),
    };
    let body = match keyword {
        "ENV" | "ARG" | "LABEL" => format!("{keyword} {}", pairs(cover, arguments, None)),
        "CMD" | "ENTRYPOINT" | "HEALTHCHECK" | "SHELL" if arguments.contains('"') => {
            format!("{keyword} {}", list(cover, arguments))
        }
        "RUN" => format!("{keyword} {}", run(cover, arguments, shell)),
        "ONBUILD" => format!("{keyword} {}", covered(cover, arguments, shell)),
        _ => run(cover, body, shell),
    };
    cover.text(&format!("{head}{body}"))
}

/// `|2 A=b TOKEN=a b /bin/sh -c …`, or a command alone.
fn run(cover: &mut Cover, text: &str, shell: &str) -> String {
    let Some((count, rest)) = text.strip_prefix('|').and_then(|rest| rest.split_once(' ')) else {
        return cover.script(text);
    };
    let Ok(count) = count.parse::<usize>() else { return cover.script(text) };
    let command = shell_at(rest, shell);
    let (arguments, command) = rest.split_at(command);
    let command = cover.script(command);
    format!("|{count} {}{command}", pairs(cover, arguments, Some(count)))
}

/// Where the command begins: with the shell that runs it.
fn shell_at(text: &str, shell: &str) -> usize {
    const SHELLS: &[&str] = &["/bin/", "/usr/bin/", "/busybox/", "cmd /S", "powershell", "pwsh"];
    let own = Some(shell).filter(|shell| !shell.is_empty()).and_then(|shell| at_word(text, shell));
    own.or_else(|| SHELLS.iter().filter_map(|shell| at_word(text, shell)).min())
        .unwrap_or(text.len())
}

/// Where `word` begins in `text` behind a blank, or as the first.
fn at_word(text: &str, word: &str) -> Option<usize> {
    let mut found = text.match_indices(word).map(|(at, _)| at);
    found.find(|&at| at == 0 || text[..at].ends_with(' '))
}

/// `A=b TOKEN=a b`, without quotes: a value goes on to the next name. Where there are more names
/// than `count`, some of them belong to values.
fn pairs(cover: &mut Cover, text: &str, count: Option<usize>) -> String {
    let names = names(text);
    let Some(first) = names.first() else {
        // `ENV TOKEN a b`.
        return match text.split_once(' ') {
            Some((name, value)) => format!("{name} {}", cover.value(name, value)),
            None => cover.text(text),
        };
    };
    let is_certain = count.is_none_or(|count| names.len() <= count);
    let mut out = text[..first.start].to_owned();
    for (index, name) in names.iter().enumerate() {
        let end = names.get(index + 1).map_or(text.len(), |next| next.start);
        let value = &text[name.end + 1..end];
        let key = text[name.clone()].trim_matches('"');
        let end = if is_certain || !Cover::is_secret(key) { end } else { text.len() };
        let value = if end == text.len() { &text[name.end + 1..] } else { value };
        let bare = value.trim_end();
        out.push_str(&text[name.start..=name.end]);
        out.push_str(&cover.value(key, bare));
        out.push_str(&value[bare.len()..]);
        if end == text.len() {
            break;
        }
    }
    out
}

/// Where the names before `=` stand, those in quoted values left out.
fn names(text: &str) -> Vec<Range<usize>> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-./\"".contains(c);
    let mut names: Vec<Range<usize>> = Vec::new();
    let mut quoted_until = 0;
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        if at >= quoted_until
            && let Some(sign) = word.find('=')
            && sign > 0
            && word[..sign].chars().all(is_name)
            && !word.starts_with(['-', '.', '/'])
        {
            names.push(at..at + sign);
            let value = &text[at + sign + 1..];
            if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                let length = value[1..].find(quote).map_or(0, |end| end + 2);
                quoted_until = at + sign + 1 + length;
            }
        }
        at += word.len();
    }
    names
}

/// `["serve" "--password" "a"]`, also with more behind: `&{["CMD-SHELL" "…"] "30s"}`.
fn list(cover: &mut Cover, text: &str) -> String {
    let places = quoted(text);
    let words: Vec<String> = places.iter().map(|place| unquoted(&text[place.clone()])).collect();
    let shown = cover.health(&words);
    let mut out = String::new();
    let mut at = 0;
    for ((place, word), shown) in places.iter().zip(&words).zip(&shown) {
        if word != shown {
            out.push_str(&text[at..=place.start]);
            for character in shown.chars() {
                if matches!(character, '"' | '\\') {
                    out.push('\\');
                }
                out.push(character);
            }
            at = place.end - 1;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// The texts in double quotes, the quotes included.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut open = None;
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, open) {
            (b'"', None) => open = Some(at),
            (b'"', Some(start)) if !is_escaped => {
                places.push(start..at + 1);
                open = None;
            }
            _ => {}
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    places
}

/// What a text in double quotes says.
fn unquoted(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        match character {
            '"' => {}
            '\\' => match rest.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some(other) => out.push(other),
                None => {}
            },
            other => out.push(other),
        }
    }
    out
}
