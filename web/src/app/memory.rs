//! What the page remembers from one visit to the next: language and theme, and nothing else.

use plimsoll::text::Lang;
use web_sys::Storage;

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark letters on light paper.
    Light,
    /// Light letters on dark paper.
    Dark,
}

impl Theme {
    /// As the root of the page has it.
    pub fn id(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The other one.
    pub fn other(self) -> Theme {
        match self {
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Light,
        }
    }
}

const LANGUAGE: &str = "plimsoll-language";
const THEME: &str = "plimsoll-theme";

/// The language that was chosen, else the first that the browser names and we have.
pub fn language() -> Lang {
    let told = || web_sys::window().and_then(|window| window.navigator().language());
    storage()
        .and_then(|storage| storage.get_item(LANGUAGE).ok().flatten())
        .or_else(told)
        .and_then(|tag| Lang::from_tag(&tag))
        .unwrap_or_default()
}

/// The theme that was chosen, else what the reader's system prefers.
pub fn theme() -> Theme {
    let kept = storage().and_then(|storage| storage.get_item(THEME).ok().flatten());
    match kept.as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ if prefers_dark() => Theme::Dark,
        _ => Theme::Light,
    }
}

/// Remembers the language.
pub fn keep_language(lang: Lang) {
    keep(LANGUAGE, lang.tag());
}

/// Remembers the theme.
pub fn keep_theme(theme: Theme) {
    keep(THEME, theme.id());
}

fn prefers_dark() -> bool {
    let window = web_sys::window();
    let query = window.and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok());
    query.flatten().is_some_and(|query| query.matches())
}

fn keep(name: &str, value: &str) {
    if let Some(storage) = storage() {
        // Fails where the browser keeps nothing; then nothing is remembered.
        let _ = storage.set_item(name, value);
    }
}

/// Nothing where the browser forbids it, as it may for pages from a file.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
