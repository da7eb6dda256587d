//! The options of a command line as `getopt_long` reads them.

use crate::shell::{SimpleCommand, Word};

/// One option of a command.
pub(super) struct CommandOption<'a> {
    /// `u` of `-u`, `uid` of `--uid`.
    pub(super) name: &'a str,
    /// What stands behind it, in the same word or the next; `None` where it takes nothing or
    /// where the value is not written out.
    pub(super) value: Option<&'a str>,
}

/// The options of `command`; `with_value` are the short and long ones that take a value.
pub(super) fn options<'a>(
    command: &'a SimpleCommand,
    with_value: &[&str],
) -> Vec<CommandOption<'a>> {
    let mut found = Vec::new();
    let mut words = command.words.iter().skip(1);
    while let Some(word) = words.next() {
        // `--uid=$ID` and the like: the name is known although the value is not.
        let Some(written) = leading_letters(word) else { continue };
        let is_whole = word.literal().is_some();
        if written == "--" && is_whole {
            break;
        }
        if let Some(long) = written.strip_prefix("--") {
            match long.split_once('=') {
                Some((name, value)) => {
                    let value = is_whole.then_some(value);
                    found.push(CommandOption { name, value });
                }
                None if with_value.contains(&long) => {
                    let value = words.next().and_then(Word::literal);
                    found.push(CommandOption { name: long, value });
                }
                None => found.push(CommandOption { name: long, value: None }),
            }
        } else if let Some(cluster) = written.strip_prefix('-') {
            for (at, letter) in cluster.char_indices() {
                let end = at + letter.len_utf8();
                let name = &cluster[at..end];
                if !with_value.contains(&name) {
                    found.push(CommandOption { name, value: None });
                    continue;
                }
                let rest = &cluster[end..];
                let value = match (rest.is_empty(), is_whole) {
                    (true, true) => words.next().and_then(Word::literal),
                    (false, true) => Some(rest),
                    _ => None,
                };
                found.push(CommandOption { name, value });
                break;
            }
        }
    }
    found
}

/// The letters that a word begins with.
fn leading_letters(word: &Word) -> Option<&str> {
    match word.parts.first()? {
        crate::shell::Part::Literal { text, .. } => Some(text.text()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_as_getopt_reads_them() {
        let script = crate::shell::parse_verbatim("x -lu 1 -v2 --uid=3 --gid 4 --home=$H -- -z");
        let read: Vec<String> = options(&script.commands[0], &["u", "v", "gid", "uid", "home"])
            .iter()
            .map(|one| format!("{}={}", one.name, one.value.unwrap_or("?")))
            .collect();
        assert_eq!(read, ["l=?", "u=1", "v=2", "uid=3", "gid=4", "home=?"]);
    }
}
