//! `{{ … }}` in YAML: text that a tool puts a value in for before YAML is read. To YAML it is the
//! start of a mapping; here it is part of a scalar.

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
    while let Some(start) = rest.find("{{") {
        let Some(length) = length(&rest[start..]) else {
            masked.push_str(&rest[..start + 1]);
            rest = &rest[start + 1..];
            continue;
        };
        masked.push_str(&rest[..start]);
        masked.extend([OPEN, OPEN]);
        masked.push_str(&rest[start + 2..start + length - 2]);
        masked.extend([CLOSE, CLOSE]);
        rest = &rest[start + length..];
    }
    masked.push_str(rest);
    masked
}

/// The bytes of the template that `text` begins with.
fn length(text: &str) -> Option<usize> {
    let line = text.lines().next()?;
    let end = line.get(2..)?.find("}}")? + 4;
    // `{{a: {b: c}}}` is flow YAML: a template holds no brace.
    let is_plain = !line[2..end - 2].contains(['{', '}']) && !line[end..].starts_with('}');
    (is_plain && end <= LONGEST).then_some(end)
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
        assert!(!mask("a: {{ b::c }}").contains('{'));
        assert_eq!(mask("{{a: {b: c}}}"), "{{a: {b: c}}}");
    }
}
