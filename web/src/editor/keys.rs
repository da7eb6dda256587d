//! Which key does what in the editor. Pure.

/// Keys that were pressed together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chord<'a> {
    /// The key, as browsers name it.
    pub key: &'a str,
    /// Control, or Command on a Mac.
    pub has_control: bool,
    /// Shift.
    pub has_shift: bool,
    /// Alt.
    pub has_alt: bool,
}

/// What they ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Take the last step back.
    Undo,
    /// Make it again.
    Redo,
    /// Apply the first fix of the finding at the caret.
    Fix,
    /// Show the finding at the caret.
    Show,
    /// Offer what may be written here.
    Offer,
    /// Go to the next finding.
    Next,
    /// Go to the one before.
    Previous,
    /// Close what is open, else let Tab leave the editor.
    Escape,
}

impl Chord<'_> {
    /// What the keys ask for, if it is not for typing.
    pub fn command(self) -> Option<Command> {
        let letter = self.key.to_lowercase();
        match (letter.as_str(), self.has_control, self.has_shift, self.has_alt) {
            ("z", true, false, false) => Some(Command::Undo),
            ("z", true, true, false) | ("y", true, false, false) => Some(Command::Redo),
            ("enter", false, false, true) => Some(Command::Fix),
            (" ", true, false, false) => Some(Command::Offer),
            (".", true, false, false) => Some(Command::Show),
            ("f8", false, false, false) => Some(Command::Next),
            ("f8", false, true, false) => Some(Command::Previous),
            ("escape", false, false, false) => Some(Command::Escape),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_are_those_that_people_know() {
        let command = |words: &str| {
            let has = |word| words.contains(word);
            let key = words.rsplit(' ').next().unwrap_or_default();
            let (has_control, has_shift, has_alt) = (has("Ctrl"), has("Shift"), has("Alt"));
            Chord { key, has_control, has_shift, has_alt }.command()
        };
        assert_eq!(command("Ctrl z"), Some(Command::Undo));
        assert_eq!(command("Ctrl Shift Z"), Some(Command::Redo));
        assert_eq!(command("Ctrl y"), Some(Command::Redo));
        assert_eq!(command("Alt Enter"), Some(Command::Fix));
        assert_eq!(command("Shift F8"), Some(Command::Previous));
        assert_eq!(command("F8"), Some(Command::Next));
        assert_eq!(command("z"), None);
        assert_eq!(command("Enter"), None);
    }
}
