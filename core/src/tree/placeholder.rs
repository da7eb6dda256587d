//! Values that somebody is still to fill in: nothing can be said of them.

/// What our own files hold in the place of a secret: a word that no shell takes apart.
pub const REPLACE_ME: &str = "REPLACE_ME";

/// Whether `text` holds a template or a placeholder: `${IMAGE}`, `{{ image }}`, `<region>`,
/// `YWJj****`, `vpc-xxxx`, `REPLACE_ME`, `your_password`, `{region}`.
pub fn is_placeholder(text: &str) -> bool {
    has_template(text) || has_brackets(text) || text.contains("***") || has_filler(text)
}

/// `${…}`, `{{ … }}`, `{name}`, `%NAME%`, `$NAME` as the whole value.
fn has_template(text: &str) -> bool {
    if text.contains("${") || (text.contains("{{") && text.contains("}}")) {
        return true;
    }
    if let Some(name) = text.strip_prefix('$') {
        return !name.is_empty() && is_name(name);
    }
    // printf's: `name%d`.
    let is_format = |mark: &str| {
        text.split_once(mark)
            .is_some_and(|(_, rest)| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    if !text.contains(' ') && ["%d", "%s", "%v"].iter().any(|mark| is_format(mark)) {
        return true;
    }
    // `{from the gateway}`
    let whole = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let is_prose = |inner: &str| {
        inner.starts_with(char::is_alphabetic)
            && inner.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '_' | '-'))
    };
    whole.is_some_and(is_prose)
        || between(text, '{', '}').is_some_and(is_name)
        || (text.len() > 2 && between(text, '%', '%').is_some_and(is_name))
}

/// `<region>`: a name in angle brackets.
fn has_brackets(text: &str) -> bool {
    between(text, '<', '>').is_some_and(|name| {
        !name.is_empty()
            && name.chars().next().is_some_and(char::is_alphabetic)
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | ':'))
    })
}

/// Words that stand for a value to come.
fn has_filler(text: &str) -> bool {
    // `/YOUR/BUCKET/PATH`
    if text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "YOUR") {
        return true;
    }
    let lower = text.to_lowercase();
    let starts = ["your-", "your_", "replace_", "replace-", "changeme", "change_me", "todo"];
    let words = lower.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'));
    for word in words {
        if starts.iter().any(|start| word.starts_with(start)) {
            return true;
        }
        // `xxx`, `vpc-xxxx`, `eas-r-xxxxx`
        let last = word.rsplit(['-', '_']).next().unwrap_or(word);
        if last.len() >= 3 && last.bytes().all(|byte| byte == b'x') {
            return true;
        }
    }
    lower.contains("\u{6211}\u{7684}") || lower.contains("\u{60a8}\u{7684}")
}

fn between(text: &str, open: char, close: char) -> Option<&str> {
    let start = text.find(open)? + open.len_utf8();
    let rest = &text[start..];
    Some(&rest[..rest.find(close)?])
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-' || b == b'.')
        && text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_still_to_be_filled_in_is_told_from_values() {
        for text in [
            "${IMAGE}",
            "{{ image }}",
            "registry.<region>.aliyuncs.com/a",
            "YWJjZDphYmNkZTEy****",
            "vpc-xxx",
            "eas-r-xxxxxx",
            "REPLACE_WITH_ID",
            "your_password",
            "{region}",
            "$TOKEN",
            "your-registry.example.com/a",
            "<your image>",
            "oss://YOUR/BUCKET/PATH/",
            "{from the gateway, with commas}",
            "test%d",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "vpc-bp1h7c",
            "a < b > c",
            "python app.py --port $PORT",
            "x",
            "max",
            "xlarge",
            "ecs.c7.2xlarge",
            "/data/{}",
            "yourself",
            "if [ 1 -lt 2 ] > /dev/null",
            "http://a/b",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
