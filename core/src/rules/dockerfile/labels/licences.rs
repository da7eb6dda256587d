//! SPDX licence expressions: `MIT OR Apache-2.0`, `GPL-2.0-only WITH Classpath-exception-2.0`.

use super::licence_list::{EXCEPTIONS, LICENCES};

/// What may come next.
enum Next {
    /// A licence or an opening parenthesis.
    Licence,
    /// An operator or a closing parenthesis; WITH only behind a licence.
    Operator { after_licence: bool },
    /// An exception, behind WITH.
    Exception,
}

/// Whether `text` is one. Identifiers are compared without regard to case, as SPDX does.
pub(super) fn is_expression(text: &str) -> bool {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let mut next = Next::Licence;
    let mut depth: usize = 0;
    for word in spaced.split_whitespace() {
        next = match (next, word) {
            (Next::Licence, "(") => {
                depth += 1;
                Next::Licence
            }
            (Next::Licence, word) if is_licence(word) => Next::Operator { after_licence: true },
            (Next::Operator { .. }, "AND" | "OR" | "and" | "or") => Next::Licence,
            (Next::Operator { after_licence: true }, "WITH" | "with") => Next::Exception,
            (Next::Operator { .. }, ")") if depth > 0 => {
                depth -= 1;
                Next::Operator { after_licence: false }
            }
            (Next::Exception, word) if is_listed(EXCEPTIONS, word) => {
                Next::Operator { after_licence: false }
            }
            _ => return false,
        };
    }
    depth == 0 && matches!(next, Next::Operator { .. })
}

fn is_licence(word: &str) -> bool {
    let id = word.strip_suffix('+').unwrap_or(word);
    is_listed(LICENCES, id) || is_reference(id)
}

/// `LicenseRef-x`, `DocumentRef-x:LicenseRef-y`.
fn is_reference(word: &str) -> bool {
    let own = match word.strip_prefix("DocumentRef-").and_then(|rest| rest.split_once(':')) {
        Some((_, own)) => own,
        None => word,
    };
    own.strip_prefix("LicenseRef-").is_some_and(|name| {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
        !name.is_empty() && name.bytes().all(is_allowed)
    })
}

fn is_listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|id| id.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_join_listed_licences() {
        for yes in [
            "MIT",
            "apache-2.0",
            "GPL-2.0+",
            "MIT OR Apache-2.0",
            "(MIT AND (BSD-3-Clause OR ISC))",
            "GPL-2.0-only WITH Classpath-exception-2.0 AND MIT",
            "LicenseRef-Acme-1.0",
            "DocumentRef-a:LicenseRef-b",
        ] {
            assert!(is_expression(yes), "{yes}");
        }
        for no in [
            "",
            "Apache",
            "Apache 2.0",
            "MIT Apache-2.0",
            "MIT OR",
            "OR MIT",
            "(MIT",
            "MIT)",
            "MIT WITH MIT",
            "(MIT) WITH Classpath-exception-2.0",
        ] {
            assert!(!is_expression(no), "{no}");
        }
    }
}
