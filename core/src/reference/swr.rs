//! How Huawei Cloud's SWR wants organisations and repositories to be named.
//!
//! Sources: SWR API, "Creating an Organization" (support.huaweicloud.com/api-swr/swr_02_0026.html)
//! for organisations; the Terraform provider's page of `huaweicloud_swr_repository` for
//! repositories.

use std::ops::Range;

use crate::text::{Lang, Message, text};

/// Why SWR refuses a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwrNameProblem {
    /// No character at all.
    Empty,
    /// More characters than this many.
    TooLong(usize),
    /// It does not begin as it must: organisations with a lower-case letter, repositories with a
    /// lower-case letter or a digit.
    Start,
    /// It does not end in a lower-case letter or a digit.
    End,
    /// A character that is none of lower-case letters, digits, `.`, `_`, `-` (and, in a
    /// repository, `/`).
    Character(char),
    /// Separators side by side, other than two underscores.
    Separators,
}

/// A name that SWR refuses: why, and which bytes of the name are to blame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().render(Lang::En))]
pub struct SwrNameError {
    /// Why.
    pub problem: SwrNameProblem,
    /// Which bytes.
    pub range: Range<usize>,
}

impl SwrNameError {
    /// The sentence about it.
    pub fn message(&self) -> Message {
        match self.problem {
            SwrNameProblem::Empty => Message::new(text("the name is empty", "名称为空")),
            SwrNameProblem::TooLong(most) => Message::new(text(
                "the name is longer than {most} characters",
                "名称超过 {most} 个字符",
            ))
            .arg("most", most),
            SwrNameProblem::Start => Message::new(text(
                "the name begins with a character that SWR does not allow there",
                "名称的首字符不符合 SWR 的要求",
            )),
            SwrNameProblem::End => Message::new(text(
                "the name does not end in a lower-case letter or a digit",
                "名称没有以小写字母或数字结尾",
            )),
            SwrNameProblem::Character(letter) => Message::new(text(
                "the name holds `{letter}`; SWR takes lower-case letters, digits, `.`, `_` and `-`",
                "名称中含有 `{letter}`；SWR 只允许小写字母、数字、`.`、`_` 和 `-`",
            ))
            .arg("letter", letter),
            SwrNameProblem::Separators => Message::new(text(
                "separators stand side by side in the name; only two underscores may",
                "名称中有相邻的分隔符；只允许两个连续的下划线",
            )),
        }
    }
}

/// Whether SWR takes `name` as an organisation.
pub fn check_swr_organisation(name: &str) -> Result<(), SwrNameError> {
    let problem = |problem, range| Err(SwrNameError { problem, range });
    if name.is_empty() {
        return problem(SwrNameProblem::Empty, 0..0);
    }
    if let Some(range) = past(name, 64) {
        return problem(SwrNameProblem::TooLong(64), range);
    }
    if let Some(first) = name.chars().next().filter(|first| first.is_ascii_digit()) {
        return problem(SwrNameProblem::Start, 0..first.len_utf8());
    }
    check_part(name, 0)
}

/// Whether SWR takes `name` as a repository; it may have slashes.
pub fn check_swr_repository(name: &str) -> Result<(), SwrNameError> {
    if let Some(range) = past(name, 128) {
        return Err(SwrNameError { problem: SwrNameProblem::TooLong(128), range });
    }
    let mut start = 0;
    for part in name.split('/') {
        check_part(part, start)?;
        start += part.len() + 1;
    }
    Ok(())
}

/// What of `name` lies beyond `most` characters.
fn past(name: &str, most: usize) -> Option<Range<usize>> {
    let (start, _) = name.char_indices().nth(most)?;
    Some(start..name.len())
}

/// Checks what stands between slashes; `start` is where it stands in the name.
fn check_part(part: &str, start: usize) -> Result<(), SwrNameError> {
    let problem = |problem, range: Range<usize>| {
        Err(SwrNameError { problem, range: start + range.start..start + range.end })
    };
    let is_separator = |letter: char| matches!(letter, '.' | '_' | '-');
    let foreign = part.char_indices().find(|(_, letter)| {
        !letter.is_ascii_lowercase() && !letter.is_ascii_digit() && !is_separator(*letter)
    });
    if let Some((at, letter)) = foreign {
        return problem(SwrNameProblem::Character(letter), at..at + letter.len_utf8());
    }
    // Only ASCII from here on.
    if part.is_empty() {
        return problem(SwrNameProblem::Empty, 0..0);
    }
    if part.starts_with(is_separator) {
        return problem(SwrNameProblem::Start, 0..1);
    }
    if part.ends_with(is_separator) {
        return problem(SwrNameProblem::End, part.len() - 1..part.len());
    }
    let mut run = 0..0;
    for (at, letter) in part.char_indices() {
        if is_separator(letter) {
            run.end = at + 1;
            continue;
        }
        if run.len() > 1 && part.get(run.clone()) != Some("__") {
            return problem(SwrNameProblem::Separators, run);
        }
        run = at + 1..at + 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_are_taken_or_refused_at_their_place() {
        for name in ["a", "team", "my-org", "a__b", "a.b_c-d9", &"a".repeat(64)] {
            assert_eq!(check_swr_organisation(name), Ok(()), "{name}");
        }
        let long = "a".repeat(65);
        let cases = [
            ("", SwrNameProblem::Empty, 0..0),
            ("My_Org", SwrNameProblem::Character('M'), 0..1),
            ("9a", SwrNameProblem::Start, 0..1),
            ("-a", SwrNameProblem::Start, 0..1),
            ("a-", SwrNameProblem::End, 1..2),
            ("a--b", SwrNameProblem::Separators, 1..3),
            ("a___b", SwrNameProblem::Separators, 1..4),
            ("a._b", SwrNameProblem::Separators, 1..3),
            ("a/b", SwrNameProblem::Character('/'), 1..2),
            ("组", SwrNameProblem::Character('组'), 0..3),
            (long.as_str(), SwrNameProblem::TooLong(64), 64..65),
        ];
        for (name, problem, range) in cases {
            assert_eq!(
                check_swr_organisation(name),
                Err(SwrNameError { problem, range }),
                "{name}"
            );
        }
    }

    #[test]
    fn repositories_may_have_slashes_and_begin_with_a_digit() {
        for name in ["app", "3d/app", "team/web.app_1", "a__b"] {
            assert_eq!(check_swr_repository(name), Ok(()), "{name}");
        }
        let cases = [
            ("app--x", SwrNameProblem::Separators, 3..5),
            ("a//b", SwrNameProblem::Empty, 2..2),
            ("a/B", SwrNameProblem::Character('B'), 2..3),
            ("", SwrNameProblem::Empty, 0..0),
        ];
        for (name, problem, range) in cases {
            assert_eq!(check_swr_repository(name), Err(SwrNameError { problem, range }), "{name}");
        }
    }
}
