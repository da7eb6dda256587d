//! Comments that speak to a linter: Plimsoll's own, hadolint's, and those of `docker build --check`.
//!
//! Reads what they say, as ranges of the comment; knows no rule. Each tool's comment is read as the
//! tool itself reads it, so that a file means the same to both.

use std::ops::Range;

/// A comment that speaks to a linter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pragma {
    /// Rules are silenced.
    Ignore {
        /// Whose comment it is.
        tool: Tool,
        /// For how much of the file.
        scope: Scope,
        /// The rules' names.
        names: Vec<Range<usize>>,
    },
    /// `# hadolint shell=…`: what reads the commands that follow.
    Shell(Range<usize>),
    /// `# check=…` of BuildKit.
    Check(Check),
    /// hadolint would pass over the whole comment since it cannot read this part.
    Unreadable(Range<usize>),
}

/// Whose language a comment is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Ours.
    Plimsoll,
    /// hadolint.
    Hadolint,
}

/// For how much of the file a comment speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// For the next instruction.
    Next,
    /// For the stage.
    Stage,
    /// For the whole file.
    File,
}

/// What a `check` directive or comment of BuildKit says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// The checks that are passed over.
    pub skip: Vec<Range<usize>>,
    /// `all` in `skip=all`.
    pub skip_all: Option<Range<usize>>,
    /// Whether a warning fails the build.
    pub is_error: bool,
    /// The experimental checks that are asked for; `all` is one of the names.
    pub experimental: Vec<Range<usize>>,
    /// What is no option of `check`.
    pub invalid: Vec<Range<usize>>,
}

impl Pragma {
    /// What `comment` (from its `#` on) says to a linter, if it does.
    pub fn read(comment: &str) -> Option<Pragma> {
        let body = comment.trim_start_matches('#').trim_start();
        if let Some(rest) = body.strip_prefix("plimsoll") {
            return plimsoll(comment, rest.trim_start());
        }
        if let Some(rest) = body.strip_prefix("hadolint").filter(|rest| starts_with_space(rest)) {
            return hadolint(comment, rest.trim_start());
        }
        let (key, value) = body.split_once('=')?;
        if !key.trim_end().eq_ignore_ascii_case("check") {
            return None;
        }
        // Only the first word counts; what follows is the reason: `# check=skip=A // since …`.
        let value = value.split_whitespace().next()?;
        Some(Pragma::Check(Check::read(value, offset_in(comment, value))))
    }
}

/// `ignore=RULE[,RULE] -- reason`, `file-ignore=…`
fn plimsoll(comment: &str, rest: &str) -> Option<Pragma> {
    let (rest, scope) = match rest.strip_prefix("file-ignore") {
        Some(rest) => (rest, Scope::File),
        None => (rest.strip_prefix("ignore")?, Scope::Next),
    };
    let list = rest.trim_start().strip_prefix('=')?;
    let list = list.split(" -- ").next().unwrap_or(list);
    let words = list.split(',').filter_map(|part| part.split_whitespace().next());
    let names = words.map(|word| range_in(comment, word)).collect();
    Some(Pragma::Ignore { tool: Tool::Plimsoll, scope, names })
}

/// `ignore=DL3006,SC2046 # comment`, the same behind `global` or `stage`, and `shell=…`
fn hadolint(comment: &str, rest: &str) -> Option<Pragma> {
    let value_of = |text: &str, key: &str| {
        let rest = text.strip_prefix(key)?.trim_start();
        rest.strip_prefix('=').map(|value| offset_in(comment, value))
    };
    if let Some(at) = value_of(rest, "shell") {
        let value = comment.get(at..)?.trim_start();
        let name = value.split_whitespace().next()?;
        return Some(Pragma::Shell(range_in(comment, name)));
    }
    let (rest, scope) = match rest.split_once([' ', '\t']) {
        Some(("global", rest)) => (rest.trim_start(), Scope::File),
        Some(("stage", rest)) => (rest.trim_start(), Scope::Stage),
        _ => (rest, Scope::Next),
    };
    let list = comment.get(value_of(rest, "ignore")?..)?;
    let list = list.split('#').next().unwrap_or(list);
    let mut names = Vec::new();
    for part in list.split(',') {
        let name = part.trim();
        // hadolint takes these letters for a name and understands no other comment.
        if name.is_empty() || !name.bytes().all(|byte| b"DLSC0123456789".contains(&byte)) {
            return Some(Pragma::Unreadable(range_in(comment, name)));
        }
        names.push(range_in(comment, name));
    }
    Some(Pragma::Ignore { tool: Tool::Hadolint, scope, names })
}

impl Check {
    /// Reads `skip=A,B;error=true;experimental=C`; ranges begin at `offset`.
    pub fn read(value: &str, offset: usize) -> Check {
        let mut check = Check::default();
        let place = |part: &str| {
            let start = offset + offset_in(value, part);
            start..start + part.len()
        };
        let value = value.split(" //").next().unwrap_or(value);
        for option in value.split(';') {
            let (key, list) = option.split_once('=').unwrap_or((option, ""));
            let names = || list.split(',').map(str::trim).filter(|name| !name.is_empty());
            match key.trim() {
                "skip" if list.trim() == "all" => check.skip_all = Some(place(list.trim())),
                "skip" => check.skip.extend(names().map(place)),
                "experimental" => check.experimental.extend(names().map(place)),
                "error" => match list.trim() {
                    "1" | "t" | "T" | "true" | "TRUE" | "True" => check.is_error = true,
                    "0" | "f" | "F" | "false" | "FALSE" | "False" => check.is_error = false,
                    _ => check.invalid.push(place(option.trim())),
                },
                _ => check.invalid.push(place(option.trim())),
            }
        }
        check
    }
}

fn starts_with_space(text: &str) -> bool {
    text.starts_with([' ', '\t'])
}

/// Where `part`, a slice of `whole`, begins in it.
fn offset_in(whole: &str, part: &str) -> usize {
    part.as_ptr() as usize - whole.as_ptr() as usize
}

fn range_in(whole: &str, part: &str) -> Range<usize> {
    let start = offset_in(whole, part);
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A comment in short: what it is and the words that it names.
    fn short(comment: &str) -> String {
        let words = |ranges: &[Range<usize>]| {
            ranges.iter().map(|range| &comment[range.clone()]).collect::<Vec<_>>().join(" ")
        };
        match Pragma::read(comment) {
            None => String::new(),
            Some(Pragma::Ignore { tool, scope, names }) => {
                format!("{tool:?} {scope:?}: {}", words(&names))
            }
            Some(Pragma::Shell(name)) => format!("shell {}", &comment[name]),
            Some(Pragma::Unreadable(part)) => format!("unreadable {}", &comment[part]),
            Some(Pragma::Check(check)) => format!(
                "skip {}, all {}, error {}, experimental {}, invalid {}",
                words(&check.skip),
                check.skip_all.is_some(),
                check.is_error,
                words(&check.experimental),
                words(&check.invalid)
            ),
        }
    }

    #[test]
    fn our_comments_name_rules_until_the_reason() {
        assert_eq!(short("# plimsoll ignore=a/b, c -- since, well"), "Plimsoll Next: a/b c");
        assert_eq!(short("#plimsoll file-ignore = x/y"), "Plimsoll File: x/y");
        assert_eq!(short("# plimsoll is a line on a hull"), "");
    }

    #[test]
    fn hadolint_comments_are_read_as_hadolint_reads_them() {
        assert_eq!(short("# hadolint ignore=DL3006,SC2046"), "Hadolint Next: DL3006 SC2046");
        assert_eq!(
            short("# hadolint ignore = DL3006 , DL3007 # why"),
            "Hadolint Next: DL3006 DL3007"
        );
        assert_eq!(short("# hadolint global ignore=DL3006"), "Hadolint File: DL3006");
        assert_eq!(short("# hadolint stage ignore=DL3006"), "Hadolint Stage: DL3006");
        assert_eq!(short("# hadolint ignore=no,DL3006"), "unreadable no");
        assert_eq!(short("# hadolint ignore=DL3006 since"), "unreadable DL3006 since");
        assert_eq!(short("# hadolint shell = powershell.exe # why"), "shell powershell.exe");
        assert_eq!(short("# hadolint is written in Haskell"), "");
        assert_eq!(short("# hadolints ignore=DL3006"), "");
    }

    #[test]
    fn check_comments_end_at_the_first_word() {
        assert_eq!(
            short("# check=skip=A,B // since"),
            "skip A B, all false, error false, experimental , invalid "
        );
        assert_eq!(
            short("#check=skip=all;error=true;experimental=C"),
            "skip , all true, error true, experimental C, invalid "
        );
        assert_eq!(
            short("# Check = error=maybe;x"),
            "skip , all false, error false, experimental , invalid error=maybe x"
        );
        assert_eq!(short("# checked=1"), "");
        assert_eq!(short("# check="), "");
    }
}
