//! `{{ … }}` and `${…}` in YAML: text that a tool puts a value in for before YAML is read. To YAML
//! the braces are those of a mapping; here they are part of a scalar.

/// What stands for `{` and `}` of a template while YAML is read. One character each, so that
/// positions stay what they were.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// No template is longer than this.
const LONGEST: usize = 256;

/// `source` with the braces of templates replaced; as many characters as before.
pub(super) fn mask(source: &str) -> String {
    let mut masked = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(start) = rest.find(['{', '$']) {
        masked.push_str(&rest[..start]);
        rest = &rest[start..];
        let length = if rest.starts_with("{{") {
            double(rest)
        } else if rest.starts_with("${") {
            variable(rest)
        } else {
            None
        };
        match length {
            Some(length) => {
                let letters = rest[..length].chars().map(|letter| match letter {
                    '{' => OPEN,
                    '}' => CLOSE,
                    other => other,
                });
                masked.extend(letters);
                rest = &rest[length..];
            }
            None => {
                masked.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    masked.push_str(rest);
    masked
}

/// The first bytes of `text`, a little more than a template may have.
fn near(text: &str) -> &str {
    let mut end = text.len().min(LONGEST + 1);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The bytes of the `{{ … }}` that `text` begins with.
fn double(text: &str) -> Option<usize> {
    let line = near(text).lines().next()?;
    let end = line.get(2..)?.find("}}")? + 4;
    // `{{a: {b: c}}}` is flow YAML: a template holds no brace.
    let is_plain = !line[2..end - 2].contains(['{', '}']) && !line[end..].starts_with('}');
    (is_plain && end <= LONGEST).then_some(end)
}

/// The bytes of the `${…}` that `text` begins with.
fn variable(text: &str) -> Option<usize> {
    let end = near(text).find('}').filter(|end| *end < LONGEST)?;
    let is_name = |letter: char| letter.is_alphanumeric() || "_.:!-".contains(letter);
    (end > 2 && text[2..end].chars().all(is_name)).then_some(end + 1)
}

/// `text` with the braces back.
pub(super) fn unmask(text: &str) -> String {
    text.replace(OPEN, "{").replace(CLOSE, "}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_of_templates_give_way_and_come_back() {
        for text in
            ["a: {{ b::c }}:{{d}}", "端: {{x}}", "a: {{ b", "{ {a} }", "{{a: {b: c}}}", "{{"]
        {
            let masked = mask(text);
            assert_eq!(masked.chars().count(), text.chars().count());
            assert_eq!(unmask(&masked), text);
        }
        assert!(!mask("a: {{ b::c }} ${X}").contains('{'));
        assert_eq!(mask("{{a: {b: c}}}"), "{{a: {b: c}}}");
    }
}
