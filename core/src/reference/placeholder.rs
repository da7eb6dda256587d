//! Values that are yet to be put in: templates and placeholders. What they will be is unknown, so
//! nothing can be wrong with them.

use std::ops::Range;

/// How far templates are looked for, and how far their closing brackets: a text of nothing but
/// opening brackets is read in no time, too. No image reference is as long as this.
const FARTHEST: usize = 4096;
const LONGEST_TEMPLATE: usize = 256;

/// Where the first template stands in `text`: `${NAME}`, `$NAME`, `$(command)`, `{{ name }}`,
/// `<name>`, `{name}`, or a part that was left out as `**` or `...`.
pub fn template_range(text: &str) -> Option<Range<usize>> {
    let starts = text.char_indices().take_while(|(at, _)| *at < FARTHEST);
    let mut starts = starts.filter(|(_, letter)| matches!(letter, '$' | '{' | '<' | '*' | '.'));
    starts.find_map(|(start, _)| Some(start..start + template_length(&text[start..])?))
}

/// How long the template at the very beginning of `text` is. One that is not closed is none.
fn template_length(text: &str) -> Option<usize> {
    let closed = |open: &str, close: &str| {
        let inner = text.strip_prefix(open)?;
        let window = &inner.as_bytes()[..inner.len().min(LONGEST_TEMPLATE)];
        let end = window.windows(close.len()).position(|bytes| bytes == close.as_bytes())?;
        Some(open.len() + end + close.len())
    };
    closed("${", "}")
        .or_else(|| closed("{{", "}}"))
        .or_else(|| closed("$(", ")"))
        .or_else(|| words_length(text, '<', '>'))
        .or_else(|| words_length(text, '{', '}'))
        .or_else(|| variable_length(text))
        .or_else(|| {
            let stars = text.len() - text.trim_start_matches('*').len();
            let dots = text.len() - text.trim_start_matches('.').len();
            (stars >= 2 || dots >= 3).then_some(stars.max(dots))
        })
}

/// `<your registry>`, `{region}`: words in brackets.
fn words_length(text: &str, open: char, close: char) -> Option<usize> {
    let inner = text.strip_prefix(open)?;
    let is_word = |letter: char| letter.is_alphanumeric() || " _-./".contains(letter);
    let mut letters = inner.char_indices().take(LONGEST_TEMPLATE);
    let (end, last) = letters.find(|(_, letter)| !is_word(*letter))?;
    (end > 0 && last == close).then_some(end + 2)
}

/// `$NAME`.
fn variable_length(text: &str) -> Option<usize> {
    let name = text.strip_prefix('$')?;
    let rest =
        name.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
    let begins_well =
        name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
    begins_well.then(|| text.len() - rest.len())
}

/// Whether the value as a whole says "to be put in": it holds a template in brackets, or is a
/// variable or one of the words that stand in for a value (`xxx`, `your_password`, `changeme`).
///
/// A `$name` inside a value does not count: robot accounts have one in their names.
pub fn is_placeholder(value: &str) -> bool {
    let in_brackets = template_range(value).is_some_and(|range| {
        let found = &value[range];
        match found.as_bytes() {
            [b'*' | b'.', ..] => false,
            [b'$', .., last] => matches!(last, b'}' | b')'),
            // A password may well have one brace at each end of a word.
            [b'{', second, ..] if *second != b'{' => found == value,
            _ => true,
        }
    });
    let is_variable = variable_length(value) == Some(value.len())
        || value.len() > 2
            && value.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).is_some_and(is_name);
    in_brackets || is_variable || is_stand_in(value)
}

fn is_name(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

fn is_stand_in(value: &str) -> bool {
    const WORDS: [&str; 9] = [
        "base64",
        "changeme",
        "change_me",
        "change-me",
        "dockerauth",
        "docker_auth",
        "placeholder",
        "replace_me",
        "todo",
    ];
    // What follows `your` in the names that sample texts give to values.
    const YOURS: [&str; 10] =
        ["account", "auth", "docker", "key", "name", "pass", "registry", "secret", "token", "user"];
    if value.len() > 64 {
        return false;
    }
    let lower = value.to_ascii_lowercase();
    let is_crossed_out = lower.len() >= 3 && lower.bytes().all(|byte| byte == b'x');
    let is_yours = lower.strip_prefix("your").is_some_and(|rest| {
        rest.starts_with(['_', '-', ' ']) || YOURS.iter().any(|word| rest.starts_with(word))
    });
    is_crossed_out || is_yours || WORDS.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_template_is_found_where_it_stands() {
        let cases = [
            ("a/${IMAGE}:1", "${IMAGE}"),
            ("a/$IMAGE:1", "$IMAGE"),
            ("registry.<region>.aliyuncs.com/a", "<region>"),
            ("{{ computenest::acrimage::app }}", "{{ computenest::acrimage::app }}"),
            ("swr.***.com/a", "***"),
            ("$(cat image)", "$(cat image)"),
            ("dsw-registry-vpc.{region}.cr.aliyuncs.com/pai/a", "{region}"),
            ("registry.cn-hangzhou.aliyuncs.com/...", "..."),
            ("{ ${A}", "${A}"),
        ];
        for (text, expected) in cases {
            let range = template_range(text).unwrap();
            assert_eq!(&text[range], expected, "{text}");
        }
        for text in ["", "a/b:1", "${open", "{{open", "$", "$1", "<>", "a<b", "端口*"] {
            assert_eq!(template_range(text), None, "{text}");
        }
    }

    #[test]
    fn values_that_stand_in_for_others_are_placeholders() {
        for value in [
            "${AUTH}",
            "$AUTH",
            "%AUTH%",
            "{{ auth }}",
            "<base64>",
            "xxx",
            "XXXXXX",
            "your_password",
            "yourpassword",
            "YOUR-TOKEN",
            "changeme",
            "$(AUTH)",
            "<user>:<password>",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in [
            "", "robot$ci", "xx", "abcd", "youth", "%", "%%", "p4$$w0rd", "a:p{x}w", "a<b", "yours",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
