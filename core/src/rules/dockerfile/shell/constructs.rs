//! What bash has and the shells of Debian and Alpine have not.

use super::target::Sh;
use crate::shell::ExtensionKind;

/// Something that a shell does not know.
pub(super) struct Construct {
    /// How it looks, for the message.
    pub(super) looks: &'static str,
    /// Whether BusyBox's ash lacks it as well. Where that is not certain: no.
    pub(super) fails_in_ash: bool,
}

const fn bash_only(looks: &'static str) -> Construct {
    Construct { looks, fails_in_ash: true }
}

const fn not_in_dash(looks: &'static str) -> Construct {
    Construct { looks, fails_in_ash: false }
}

impl Construct {
    pub(super) fn fails_in(&self, shell: Sh) -> bool {
        shell == Sh::Dash || self.fails_in_ash
    }
}

/// What bash adds to the grammar.
pub(super) fn of_grammar(kind: ExtensionKind) -> Option<Construct> {
    Some(match kind {
        ExtensionKind::DoubleBracket => not_in_dash("[[ ]]"),
        ExtensionKind::ArithmeticCommand => not_in_dash("(( ))"),
        ExtensionKind::ArithmeticFor => bash_only("for (( ))"),
        ExtensionKind::Select => bash_only("select"),
        ExtensionKind::FunctionKeyword => not_in_dash("function"),
        ExtensionKind::ProcessSubstitution => not_in_dash("<( )"),
        ExtensionKind::HereString => bash_only("<<<"),
        ExtensionKind::RedirectBoth => not_in_dash("&>"),
        ExtensionKind::PipeBoth => not_in_dash("|&"),
        ExtensionKind::Array => bash_only("NAME=( )"),
        ExtensionKind::ArrayElement => bash_only("${NAME[ ]}"),
        ExtensionKind::AppendAssignment => not_in_dash("+="),
        ExtensionKind::AnsiQuote => not_in_dash("$' '"),
        ExtensionKind::BraceExpansion => bash_only("{a,b}"),
        ExtensionKind::Replacement => not_in_dash("${NAME/a/b}"),
        ExtensionKind::Substring => not_in_dash("${NAME:1:2}"),
        ExtensionKind::CaseModification => bash_only("${NAME^^}"),
        ExtensionKind::Indirection => bash_only("${!NAME}"),
        // Harmless, or in the newest POSIX.
        ExtensionKind::LocaleQuote | ExtensionKind::CaseFallThrough => return None,
    })
}

/// bash's builtins.
pub(super) fn of_command(name: &str) -> Option<Construct> {
    Some(match name {
        "source" => not_in_dash("source"),
        "let" => not_in_dash("let"),
        "declare" => bash_only("declare"),
        "typeset" => bash_only("typeset"),
        "shopt" => bash_only("shopt"),
        "pushd" => bash_only("pushd"),
        "popd" => bash_only("popd"),
        "mapfile" => bash_only("mapfile"),
        "readarray" => bash_only("readarray"),
        _ => return None,
    })
}

/// Commands that take braces in their arguments for names of files, if the shell leaves them.
pub(super) const ON_FILES: &[&str] =
    &["mkdir", "rm", "rmdir", "cp", "mv", "touch", "chmod", "chown", "ln", "cat", "ls", "install"];
