//! Instructions, flags, stages and variables of a Dockerfile.

use std::ops::Range;

use super::Completion;
use crate::dockerfile::Body;
use crate::dockerfile::{self, Dockerfile, Instruction, Keyword, PLATFORM_ARGS};
use crate::language::{variables, words};
use crate::text::{Lang, Span};

pub(super) fn complete(text: &str, caret: usize, lang: Lang) -> Vec<Completion> {
    let (tree, _) = dockerfile::parse(text);
    let at = Span::at(caret).start;
    let is_comment = |span: Span| span.start < at && at <= span.end;
    if tree.comments.iter().any(|comment| is_comment(comment.span))
        || tree.directives.iter().any(|one| one.name_span.start <= at && at <= one.value_span.end)
    {
        return Vec::new();
    }
    let index = tree.instructions.partition_point(|one| one.span.start <= at).checked_sub(1);
    let index = index.filter(|index| {
        tree.instructions.get(*index).is_some_and(|one| goes_on_to(text, one, caret))
    });
    let start = text[..caret]
        .rfind(char::is_whitespace)
        .map_or(0, |found| found + text[found..].chars().next().map_or(1, char::len_utf8));
    let mut cx = Caret { text, tree: &tree, caret, start, lang };
    let Some(index) = index else { return cx.instructions() };
    let Some(outer) = tree.instructions.get(index) else { return Vec::new() };
    let instruction = match &outer.body {
        Body::Onbuild(inner) if inner.keyword_span.start <= at => inner,
        _ => outer,
    };
    if let Some(found) = cx.variables(index) {
        return found;
    }
    if instruction.keyword_span.start <= at && at <= instruction.keyword_span.end {
        cx.start = instruction.keyword_span.start as usize;
        return cx.instructions();
    }
    if outer.heredocs.iter().any(|heredoc| heredoc.span.start <= at && at <= heredoc.span.end) {
        return Vec::new();
    }
    cx.arguments(instruction, index)
}

/// Whether the caret stands in `instruction`, or in blanks behind it on its last line.
fn goes_on_to(text: &str, instruction: &Instruction, caret: usize) -> bool {
    let (start, end) = (instruction.span.start as usize, instruction.span.end as usize);
    if caret < start {
        return false;
    }
    if caret <= end {
        return true;
    }
    // Blanks, and a sign that continues the line.
    text.get(end..caret).is_some_and(|gap| {
        let lines = gap.matches('\n').count();
        let is_gap = gap.chars().all(|c| c.is_whitespace() || matches!(c, '\\' | '`'));
        is_gap && lines == gap.matches(['\\', '`']).count()
    })
}

struct Caret<'a> {
    text: &'a str,
    tree: &'a Dockerfile,
    caret: usize,
    /// Where the word at the caret begins.
    start: usize,
    lang: Lang,
}

impl Caret<'_> {
    /// What is written of the word.
    fn begun(&self) -> &str {
        self.text.get(self.start..self.caret).unwrap_or_default()
    }

    /// From the word's begin to its end.
    fn word(&self, start: usize) -> Range<usize> {
        let rest = &self.text[self.caret..];
        let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | '=' | '"' | '\'' | '}' | '$');
        start..self.caret + rest.find(is_end).unwrap_or(rest.len())
    }

    /// `labels` that go on from the letters at `start`, each with its detail.
    fn offer<'l>(
        &self,
        start: usize,
        offered: impl IntoIterator<Item = (&'l str, String, String)>,
    ) -> Vec<Completion> {
        let begun = self.text.get(start..self.caret).unwrap_or_default();
        let fits = |label: &str| {
            label.get(..begun.len()).is_some_and(|head| head.eq_ignore_ascii_case(begun))
        };
        let replace = self.word(start);
        let offered = offered.into_iter().filter(|(label, ..)| fits(label));
        offered
            .map(|(label, insert, detail)| Completion {
                label: label.to_owned(),
                insert,
                replace: replace.clone(),
                detail,
            })
            .collect()
    }

    fn plain(&self, start: usize, labels: &[&str]) -> Vec<Completion> {
        self.offer(start, labels.iter().map(|one| (*one, (*one).to_owned(), String::new())))
    }

    fn instructions(&self) -> Vec<Completion> {
        let line = self.text[..self.start].rfind('\n').map_or(0, |end| end + 1);
        let before = self.text[line..self.start].trim();
        if !before.is_empty() && !before.eq_ignore_ascii_case("onbuild") {
            return Vec::new();
        }
        let all = Keyword::all().filter(|keyword| *keyword != Keyword::Maintainer);
        self.offer(
            self.start,
            all.map(|keyword| {
                let detail = words::of_instruction(keyword).get(self.lang).to_owned();
                (keyword.name(), format!("{} ", keyword.name()), detail)
            }),
        )
    }

    /// The variables, if the caret stands behind `$` or `${`.
    fn variables(&self, index: usize) -> Option<Vec<Completion>> {
        let dollar = self.begun().rfind('$')?;
        let is_escaped = self.begun()[..dollar].ends_with(self.tree.escape);
        let name =
            self.begun()[dollar + 1..].strip_prefix('{').unwrap_or(&self.begun()[dollar + 1..]);
        let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_name || is_escaped {
            return None;
        }
        let start = self.caret - name.len();
        let environment = self.tree.environment_at(index);
        let mut names: Vec<&str> = environment.names().collect();
        names.sort_unstable();
        let is_from =
            self.tree.instructions.get(index).is_some_and(|one| one.keyword == Keyword::From);
        let own =
            PLATFORM_ARGS.iter().copied().filter(|name| is_from && environment.get(name).is_none());
        let known = names.iter().map(|name| {
            let value = environment.get(name).and_then(|one| variables::shown(name, one));
            let detail = value.unwrap_or_else(|| words::VARIABLE.get(self.lang).to_owned());
            (*name, (*name).to_owned(), detail)
        });
        let own =
            own.map(|name| (name, name.to_owned(), words::VARIABLE.get(self.lang).to_owned()));
        Some(self.offer(start, known.chain(own)))
    }

    fn stages(&self, start: usize, index: usize) -> Vec<Completion> {
        let stages = self.tree.stages.iter().filter(|stage| {
            // One that stands before, and is not the instruction's own.
            stage.range.start < index && !stage.range.contains(&index)
        });
        let named = stages.filter_map(|stage| {
            let name = stage.name.as_ref()?.raw();
            let detail = format!("{}: {}", words::STAGE.get(self.lang), stage.image.raw());
            Some((name, name.to_owned(), detail))
        });
        self.offer(start, named)
    }

    fn arguments(&self, instruction: &Instruction, index: usize) -> Vec<Completion> {
        let begun = self.begun();
        let keyword = instruction.keyword;
        if let Some(flag) = begun.strip_prefix("--") {
            return match flag.split_once('=') {
                None => self.flags(keyword),
                Some((name, value)) => self.flag_value(name, value, index),
            };
        }
        let from = instruction.keyword_span.end as usize;
        let before = self.text.get(from..self.start).unwrap_or_default();
        let before: Vec<&str> =
            before.split_whitespace().filter(|one| !one.starts_with("--")).collect();
        match (keyword, &before[..]) {
            (Keyword::From, []) => {
                let mut found = self.stages(self.start, index);
                found.extend(self.plain(self.start, &["scratch"]));
                found
            }
            (Keyword::From, [_]) => self.plain(self.start, &["AS"]),
            (Keyword::Healthcheck, []) => self.plain(self.start, &["CMD", "NONE"]),
            (Keyword::StopSignal, []) => self.plain(
                self.start,
                &["SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGKILL"],
            ),
            (Keyword::Shell, []) => self.plain(
                self.start,
                &["[\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]", "[\"/bin/sh\", \"-c\"]"],
            ),
            (Keyword::Onbuild, []) => self.instructions(),
            _ => Vec::new(),
        }
    }

    fn flags(&self, keyword: Keyword) -> Vec<Completion> {
        let dashed: Vec<String> = keyword.flags().iter().map(|name| format!("--{name}")).collect();
        self.offer(
            self.start,
            keyword.flags().iter().zip(&dashed).map(|(name, dashed)| {
                let is_switch = matches!(*name, "link" | "parents" | "keep-git-dir" | "unpack");
                let has_value = self.text[self.word(self.start).end..].starts_with('=');
                let sign = if is_switch || has_value { "" } else { "=" };
                let detail = words::of_flag(name).get(self.lang).to_owned();
                (dashed.as_str(), format!("{dashed}{sign}"), detail)
            }),
        )
    }

    fn flag_value(&self, name: &str, value: &str, index: usize) -> Vec<Completion> {
        let start = self.caret - value.len();
        match name {
            "from" => self.stages(start, index),
            "platform" => self
                .plain(start, &["linux/amd64", "linux/arm64", "$BUILDPLATFORM", "$TARGETPLATFORM"]),
            "network" => self.plain(start, &["default", "none", "host"]),
            "security" => self.plain(start, &["sandbox", "insecure"]),
            "mount" => {
                let field = value.rsplit(',').next().unwrap_or(value);
                let start = self.caret - field.len();
                match field.split_once('=') {
                    Some(("type", kind)) => self.plain(
                        self.caret - kind.len(),
                        &["bind", "cache", "tmpfs", "secret", "ssh"],
                    ),
                    Some(("from", stage)) => self.stages(self.caret - stage.len(), index),
                    Some(_) => Vec::new(),
                    None => self.plain(
                        start,
                        &["type=", "target=", "source=", "from=", "id=", "sharing=", "readonly"],
                    ),
                }
            }
            _ => Vec::new(),
        }
    }
}
