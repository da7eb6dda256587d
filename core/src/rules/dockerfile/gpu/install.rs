//! What a command installs.

use crate::shell::{SimpleCommand, Word};
use crate::text::file_name;

/// Who installs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manager {
    /// apt, dnf, apk …
    System,
    Pip,
    Conda,
}

/// The words behind `install`, options included, and who reads them.
pub(super) fn arguments(command: &SimpleCommand) -> Option<(Manager, &[Word])> {
    let words = command.words.as_slice();
    let word = |index: usize| words.get(index).and_then(Word::literal).unwrap_or_default();
    let start = usize::from(word(0) == "sudo");
    let program = file_name(word(start));
    let (manager, after) = match program {
        "apt-get" | "apt" | "aptitude" | "yum" | "dnf" | "microdnf" | "apk" | "zypper" => {
            (Manager::System, start + 1)
        }
        "conda" | "mamba" | "micromamba" => (Manager::Conda, start + 1),
        "uv" if word(start + 1) == "pip" => (Manager::Pip, start + 2),
        _ if is_version_of(program, "python") && word(start + 1) == "-m" => {
            let is_pip = word(start + 2) == "pip";
            (is_pip.then_some(Manager::Pip)?, start + 3)
        }
        _ if is_version_of(program, "pip") => (Manager::Pip, start + 1),
        _ => return None,
    };
    let is_install = |word: &Word| match word.literal() {
        Some("install") => true,
        Some("add") => program == "apk",
        Some("create") => manager == Manager::Conda,
        _ => false,
    };
    let rest = words.get(after..)?;
    let at = rest.iter().position(is_install)?;
    Some((manager, rest.get(at + 1..)?))
}

/// `python`, `python3`, `python3.12`.
fn is_version_of(program: &str, name: &str) -> bool {
    program
        .strip_prefix(name)
        .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

/// A package that the system's manager installs: its name without version, and its word.
pub(super) fn system_packages(command: &SimpleCommand) -> impl Iterator<Item = (&str, &Word)> {
    let words = match arguments(command) {
        Some((Manager::System, words)) => words,
        _ => &[],
    };
    words.iter().filter_map(|word| {
        let text = word.literal().or_else(|| leading_letters(word))?;
        let name = text.split(['=', ':', '/']).next()?;
        (!name.is_empty() && !name.starts_with('-')).then_some((name, word))
    })
}

/// `cuda-drivers=` of `cuda-drivers=${VERSION}`: the name stands before the variable.
fn leading_letters(word: &Word) -> Option<&str> {
    match word.parts.first()? {
        crate::shell::Part::Literal { text, .. } => Some(text.text()).filter(|it| it.contains('=')),
        _ => None,
    }
}
