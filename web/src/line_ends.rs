//! Line ends: a text area knows only `\n`, and a document keeps its own.

/// `text` as a text area holds it.
pub fn normalized(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into() }
}

/// The document `old` after its reader has turned it into `new` in a text area: what did not change
/// keeps its line ends, and new lines end as the first one does.
pub fn retyped(old: &str, new: &str) -> String {
    if !old.contains('\r') {
        return new.to_owned();
    }
    let (start, same) = common_start(old, new);
    let (end, same_end) = common_end(&old[start..], &new[same..]);
    let typed = &new[same..new.len() - same_end];
    let first = old.find(['\r', '\n']).map_or("", |at| &old[at..]);
    let typed = if first.starts_with("\r\n") { typed.replace('\n', "\r\n") } else { typed.into() };
    format!("{}{typed}{}", &old[..start], &old[old.len() - end..])
}

/// How many bytes of each the two have in common from their start.
fn common_start(old: &str, new: &str) -> (usize, usize) {
    let (mut at, mut same) = (0, 0);
    let mut letters = new.chars();
    while let Some(letter) = letters.next() {
        let rest = &old[at..];
        let length = match letter {
            '\n' if rest.starts_with("\r\n") => 2,
            '\n' if rest.starts_with('\r') => 1,
            _ if rest.starts_with(letter) => letter.len_utf8(),
            _ => break,
        };
        at += length;
        same = new.len() - letters.as_str().len();
    }
    (at, same)
}

/// How many bytes of each the two have in common up to their end.
fn common_end(old: &str, new: &str) -> (usize, usize) {
    let (mut at, mut same) = (0, 0);
    for letter in new.chars().rev() {
        let rest = &old[..old.len() - at];
        let length = match letter {
            '\n' if rest.ends_with("\r\n") => 2,
            '\n' if rest.ends_with('\r') => 1,
            _ if rest.ends_with(letter) => letter.len_utf8(),
            _ => break,
        };
        at += length;
        same += letter.len_utf8();
    }
    (at, same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_did_not_change_keeps_its_line_ends() {
        let old = "FROM a\r\nRUN b\nCMD c\r\n";
        let typed = |change: fn(String) -> String| retyped(old, &change(normalized(old)));
        assert_eq!(typed(|text| text), old);
        assert_eq!(typed(|text| text.replace('b', "端")), "FROM a\r\nRUN 端\nCMD c\r\n");
        assert_eq!(typed(|text| text + "\n"), "FROM a\r\nRUN b\nCMD c\r\n\r\n");
        assert_eq!(
            typed(|text| text.replace("CMD", "USER u\nCMD")),
            "FROM a\r\nRUN b\nUSER u\r\nCMD c\r\n"
        );
        assert_eq!(typed(|_| String::new()), "");
        assert_eq!(retyped("a\rb", "a\nbc"), "a\rbc");
        assert_eq!(retyped("a\nb", "a\nbc"), "a\nbc");
    }
}
