//! What bash and its kin add to the shell that POSIX describes.

use crate::text::Span;

/// A use of something that POSIX doesn't describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extension {
    /// What it is.
    pub kind: ExtensionKind,
    /// Where it stands: the word or sign that makes it one.
    pub span: Span,
}

/// What bash and its kin add to the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExtensionKind {
    /// `[[ … ]]`
    DoubleBracket,
    /// `(( … ))`
    ArithmeticCommand,
    /// `for (( … ))`
    ArithmeticFor,
    /// `select NAME in …`
    Select,
    /// `function NAME`
    FunctionKeyword,
    /// `<(…)` and `>(…)`
    ProcessSubstitution,
    /// `<<<`
    HereString,
    /// `&>` and `&>>`
    RedirectBoth,
    /// `|&`
    PipeBoth,
    /// `NAME=(…)`, `NAME[…]=…`
    Array,
    /// `${NAME[…]}`
    ArrayElement,
    /// `NAME+=…`
    AppendAssignment,
    /// `$'…'`
    AnsiQuote,
    /// `$"…"`
    LocaleQuote,
    /// `{a,b}`, `{1..9}`
    BraceExpansion,
    /// `${NAME/…/…}`
    Replacement,
    /// `${NAME:1:2}`
    Substring,
    /// `${NAME^^}`, `${NAME,,}`
    CaseModification,
    /// `${!NAME}`
    Indirection,
    /// `;&` and `;;&`
    CaseFallThrough,
}
