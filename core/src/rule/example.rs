//! Examples of a rule: tests and documentation at once.
//!
//! `«…»` marks what the rule must find, `«»` an empty place; without a mark nothing may be found.
//! `-- path --` lines split an example into several files, as in Go's txtar. After a last line
//! `-- (context) --` stand the paths of the files that lie around the Dockerfile.

use crate::fact::{Platform, Profile};
use crate::project::{OpenError, Project};
use crate::text::Span;

/// One example of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The text with its marks, and `-- path --` lines if it is several files.
    pub text: &'static str,
    /// The text (in the same form, without marks) after all safe fixes.
    pub fixed: Option<&'static str>,
    /// Whether the rule must speak.
    pub bad: bool,
    /// The profile that the example is checked under, where it matters.
    pub profile: Option<Profile>,
    /// Options of the rule that are set: name, and value as text (`true`; `a, b`; `a=b, c=d`).
    pub options: &'static [(&'static str, &'static str)],
}

/// An example in which the rule finds each marked place.
pub const fn bad(text: &'static str) -> Example {
    Example { text, fixed: None, bad: true, profile: None, options: &[] }
}

/// An example in which the rule finds nothing.
pub const fn good(text: &'static str) -> Example {
    Example { text, fixed: None, bad: false, profile: None, options: &[] }
}

impl Example {
    /// What the safe fixes of the rule make of it, byte for byte.
    #[must_use]
    pub const fn fixed(mut self, text: &'static str) -> Example {
        self.fixed = Some(text);
        self
    }

    /// Checks it under `profile`.
    #[must_use]
    pub const fn under(mut self, profile: Profile) -> Example {
        self.profile = Some(profile);
        self
    }

    /// Checks it with options set, each a name and a value as text (`true`; `a, b`; `a=b, c=d`).
    #[must_use]
    pub const fn with(mut self, options: &'static [(&'static str, &'static str)]) -> Example {
        self.options = options;
        self
    }

    /// The example's files without marks, and the marked places.
    pub fn files(&self, platform: Option<Platform>) -> ExampleFiles {
        split(self.text, platform)
    }

    /// The files that the fixes must give.
    pub fn fixed_files(&self, platform: Option<Platform>) -> Option<ExampleFiles> {
        self.fixed.map(|text| split(text, platform))
    }
}

impl ExampleFiles {
    /// The files as a project, and what of them could not be opened.
    pub fn project(&self) -> (Project, Vec<(String, OpenError)>) {
        let (mut project, errors) = Project::from_files(self.files.iter().cloned());
        if let Some(context) = &self.context {
            project.set_context("", context.clone());
        }
        (project, errors)
    }
}

/// An example taken apart.
#[derive(Debug, PartialEq, Eq)]
pub struct ExampleFiles {
    /// Path and text of each file, without marks.
    pub files: Vec<(String, String)>,
    /// The marked places: index of the file, span in its text.
    pub marks: Vec<(usize, Span)>,
    /// What lies in the folder, if the example says so.
    pub context: Option<Vec<String>>,
}

fn split(text: &str, platform: Option<Platform>) -> ExampleFiles {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let header = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
        match (header, files.last_mut()) {
            (Some(path), _) => files.push((path.to_owned(), String::new())),
            (None, Some((_, body))) => body.push_str(line),
            (None, None) => {
                files.push((default_path(text, platform).to_owned(), line.to_owned()));
            }
        }
    }
    let is_context = files.last().is_some_and(|(path, _)| path == "(context)");
    let context = files
        .pop_if(|_| is_context)
        .map(|(_, body)| body.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect());
    let mut marks = Vec::new();
    for (index, (_, body)) in files.iter_mut().enumerate() {
        let (plain, spans) = unmark(body);
        *body = plain;
        marks.extend(spans.into_iter().map(|span| (index, span)));
    }
    ExampleFiles { files, marks, context }
}

fn default_path(text: &str, platform: Option<Platform>) -> &'static str {
    match text.trim_start_matches('«').trim_start().bytes().next() {
        Some(b'{') if text.contains("\"images\"") => "image.tar",
        Some(b'{' | b'[') => match platform {
            Some(Platform::ModelArts) => "config.json",
            Some(Platform::Eci) => "eci-request.json",
            _ => "service.json",
        },
        _ if text.starts_with("#!") => "run.sh",
        _ if platform == Some(Platform::Eci) && text.starts_with("Resources:") => "template.yaml",
        _ if platform == Some(Platform::Eci) => "eci-request.txt",
        _ => "Dockerfile",
    }
}

fn unmark(text: &str) -> (String, Vec<Span>) {
    let mut plain = String::with_capacity(text.len());
    let mut spans = Vec::new();
    let mut open = Vec::new();
    for character in text.chars() {
        match character {
            '«' => open.push(plain.len()),
            '»' => {
                if let Some(start) = open.pop() {
                    spans.push(Span::new(start, plain.len()));
                }
            }
            other => plain.push(other),
        }
    }
    spans.sort();
    (plain, spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_files_are_taken_apart() {
        let example = bad("-- Dockerfile --\nEXPOSE «80»\n-- run.sh --\n«»a\n");
        let files = example.files(None);
        assert_eq!(files.files[0], ("Dockerfile".into(), "EXPOSE 80\n".into()));
        assert_eq!(files.marks, [(0, Span::new(7, 9)), (1, Span::new(0, 0))]);
        assert_eq!(good("{}").files(Some(Platform::ModelArts)).files[0].0, "config.json");
        assert_eq!(good("#!/bin/sh\n").files(None).files[0].0, "run.sh");
    }
}
