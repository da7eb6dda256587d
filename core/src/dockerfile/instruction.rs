//! One logical line into an instruction: keyword, flags, arguments in the form of the keyword.

use super::check;
use super::command::{self, CommandForm};
use super::heredoc::{self, Heredoc};
use super::lines::{Lines, LogicalLine};
use super::words::{Word, is_space, split_plain, split_quoted};
use crate::text::{MappedText, Span, SyntaxError, Text, nearest, text};

/// An instruction's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // The names say it.
pub enum Keyword {
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    From,
    Healthcheck,
    Label,
    Maintainer,
    Onbuild,
    Run,
    Shell,
    StopSignal,
    User,
    Volume,
    Workdir,
    /// No instruction of this name exists.
    Unknown,
}

/// Each instruction with its name and the flags that it knows.
const KEYWORDS: &[(Keyword, &str, &[&str])] = &[
    (
        Keyword::Add,
        "ADD",
        &["chown", "chmod", "link", "keep-git-dir", "checksum", "exclude", "unpack"],
    ),
    (Keyword::Arg, "ARG", &[]),
    (Keyword::Cmd, "CMD", &[]),
    (Keyword::Copy, "COPY", &["chown", "from", "chmod", "link", "parents", "exclude"]),
    (Keyword::Entrypoint, "ENTRYPOINT", &[]),
    (Keyword::Env, "ENV", &[]),
    (Keyword::Expose, "EXPOSE", &[]),
    (Keyword::From, "FROM", &["platform"]),
    (
        Keyword::Healthcheck,
        "HEALTHCHECK",
        &["interval", "timeout", "start-period", "start-interval", "retries"],
    ),
    (Keyword::Label, "LABEL", &[]),
    (Keyword::Maintainer, "MAINTAINER", &[]),
    (Keyword::Onbuild, "ONBUILD", &[]),
    (Keyword::Run, "RUN", &["mount", "network", "security", "device"]),
    (Keyword::Shell, "SHELL", &[]),
    (Keyword::StopSignal, "STOPSIGNAL", &[]),
    (Keyword::User, "USER", &[]),
    (Keyword::Volume, "VOLUME", &[]),
    (Keyword::Workdir, "WORKDIR", &[]),
];

impl Keyword {
    /// The keyword that `name` spells, in any case.
    pub fn from_name(name: &str) -> Option<Keyword> {
        let known = KEYWORDS.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(name));
        known.map(|&(keyword, _, _)| keyword)
    }

    /// The name in upper case; empty for an unknown one.
    pub fn name(self) -> &'static str {
        KEYWORDS.iter().find(|(known, ..)| *known == self).map_or("", |(_, name, _)| name)
    }

    pub(super) fn knows_flag(self, name: &str) -> bool {
        self.flags().contains(&name)
    }

    /// All instructions, by name.
    pub fn all() -> impl Iterator<Item = Keyword> {
        KEYWORDS.iter().map(|&(keyword, ..)| keyword)
    }

    /// The flags that it knows, without dashes.
    pub fn flags(self) -> &'static [&'static str] {
        KEYWORDS.iter().find(|(known, ..)| *known == self).map_or(&[], |(.., flags)| flags)
    }
}

/// One instruction.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// From the keyword to the end of the last line, heredocs included.
    pub span: Span,
    /// Which instruction.
    pub keyword: Keyword,
    /// The keyword as it is written.
    pub keyword_span: Span,
    /// `--name=value` before the arguments.
    pub flags: Vec<Flag>,
    /// The arguments as one text, without flags.
    pub arguments: MappedText,
    /// The arguments in the form of the keyword.
    pub body: Body,
    /// The heredocs that the line opens.
    pub heredocs: Vec<Heredoc>,
    /// Whether the arguments are a JSON array.
    pub is_json: bool,
    /// Blank lines inside the continued instruction, line ends included. The builder reads over
    /// them, but says that it will not for ever.
    pub blank_lines: Vec<Span>,
}

/// A flag of an instruction.
#[derive(Clone, Debug)]
pub struct Flag {
    /// The name without dashes, as it is written.
    pub name: String,
    /// Where dashes and name stand.
    pub name_span: Span,
    /// The value behind `=`, without quotes and escapes, as the builder reads it.
    pub value: Option<Word>,
    /// The whole flag.
    pub span: Span,
}

/// An instruction's arguments.
#[derive(Clone, Debug)]
pub enum Body {
    /// FROM.
    From {
        /// The image or stage.
        image: Word,
        /// `AS`, as it is written.
        as_word: Option<Word>,
        /// The name behind it.
        name: Option<Word>,
    },
    /// RUN, CMD, ENTRYPOINT, SHELL.
    Command(CommandForm),
    /// COPY and ADD.
    Copy {
        /// What is copied; heredoc markers are not among them.
        sources: Vec<Word>,
        /// Where to.
        destination: Word,
    },
    /// ENV and LABEL.
    Pairs {
        /// Names and values.
        pairs: Vec<Pair>,
        /// Whether it is the old form `ENV name value`.
        is_legacy: bool,
    },
    /// ARG: names, some with a default.
    Args(Vec<Pair>),
    /// EXPOSE and VOLUME.
    Words(Vec<Word>),
    /// USER, WORKDIR, STOPSIGNAL, MAINTAINER.
    Text(Word),
    /// HEALTHCHECK; `None` switches off the base image's.
    Healthcheck(Option<CommandForm>),
    /// ONBUILD.
    Onbuild(Box<Instruction>),
    /// The arguments could not be read.
    Broken,
}

/// A name and a value.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The name.
    pub name: Word,
    /// The value; `None` for an ARG without default.
    pub value: Option<Word>,
}

impl Instruction {
    /// The flag called `name`.
    pub fn flag(&self, name: &str) -> Option<&Flag> {
        self.flags.iter().find(|flag| flag.name == name)
    }

    /// Where the arguments stand.
    pub fn arguments_span(&self) -> Span {
        self.arguments.whole()
    }

    /// The instruction behind ONBUILD; any other itself.
    pub fn inner(&self) -> &Instruction {
        match &self.body {
            Body::Onbuild(inner) => inner,
            _ => self,
        }
    }

    /// The command of RUN, CMD, ENTRYPOINT or SHELL.
    pub fn command(&self) -> Option<&CommandForm> {
        match &self.body {
            Body::Command(form) => Some(form),
            _ => None,
        }
    }
}

/// Reads one logical line, and its heredocs from `lines`.
pub(super) fn read(
    line: &LogicalLine,
    escape: char,
    lines: &mut Lines<'_>,
    errors: &mut Vec<SyntaxError>,
) -> Instruction {
    if line.text.text().trim().is_empty() {
        errors.push(SyntaxError::new(
            line.span,
            text(
                "nothing is continued here: the line holds no instruction",
                "此处没有可续行的内容：该行没有指令",
            ),
        ));
        return nothing(line.span);
    }
    let mut instruction = Reader { line: &line.text, escape, errors }.instruction(0, false);
    instruction.span = line.span;
    instruction.blank_lines.clone_from(&line.blanks);
    if can_hold_heredocs(&instruction) {
        let mut heredocs = heredoc::markers(&line.text, errors);
        if let Some(end) = heredoc::read_bodies(&mut heredocs, lines, errors) {
            instruction.span = instruction.span.to(Span::at(end));
        }
        let holder = match &mut instruction.body {
            Body::Onbuild(inner) => &mut **inner,
            _ => &mut instruction,
        };
        holder.heredocs = heredocs;
    }
    check::words(&instruction, escape, errors);
    instruction
}

/// What stands where an instruction should.
fn nothing(span: Span) -> Instruction {
    Instruction {
        span,
        keyword: Keyword::Unknown,
        keyword_span: span,
        flags: Vec::new(),
        arguments: MappedText::decoded("", span),
        body: Body::Broken,
        heredocs: Vec::new(),
        is_json: false,
        blank_lines: Vec::new(),
    }
}

fn can_hold_heredocs(instruction: &Instruction) -> bool {
    match &instruction.body {
        Body::Onbuild(inner) => can_hold_heredocs(inner),
        _ => {
            matches!(instruction.keyword, Keyword::Run | Keyword::Copy | Keyword::Add)
                && !instruction.is_json
        }
    }
}

struct Reader<'a> {
    line: &'a MappedText,
    escape: char,
    errors: &'a mut Vec<SyntaxError>,
}

impl Reader<'_> {
    fn letters(&self) -> &str {
        self.line.text()
    }

    fn skip_space(&self, at: usize) -> usize {
        let rest = &self.letters()[at..];
        at + (rest.len() - rest.trim_start_matches(is_space).len())
    }

    fn error(&mut self, span: Span, words: Text) -> &mut SyntaxError {
        self.errors.push(SyntaxError::new(span, words));
        let last = self.errors.len() - 1;
        &mut self.errors[last]
    }

    fn error_with(&mut self, span: Span, words: Text, name: &'static str, value: &str) {
        let error = SyntaxError::new(span, words).arg(name, value);
        self.errors.push(error);
    }

    fn instruction(&mut self, from: usize, is_nested: bool) -> Instruction {
        let start = self.skip_space(from);
        let rest = &self.letters()[start..];
        let end = start + rest.find(is_space).unwrap_or(rest.len());
        let name = self.letters()[start..end].to_owned();
        let keyword_span = self.line.span(start, end);
        let keyword = Keyword::from_name(&name).unwrap_or(Keyword::Unknown);
        let after = self.skip_space(end);
        let (flags, arguments_start) =
            if keyword == Keyword::Unknown { (Vec::new(), after) } else { self.flags(after) };
        let arguments_end = arguments_start + self.letters()[arguments_start..].trim_end().len();
        let arguments = self.line.slice(arguments_start, arguments_end);
        let body = if keyword == Keyword::Unknown {
            self.unknown(&name, keyword_span);
            Body::Broken
        } else {
            self.body(keyword, keyword_span, arguments_start, arguments_end, is_nested)
        };
        let is_json = match &body {
            Body::Command(form) | Body::Healthcheck(Some(form)) => form.exec().is_some(),
            Body::Copy { .. } | Body::Words(_) if keyword != Keyword::Expose => {
                matches!(command::read_array(&arguments), Ok(Some(_)))
            }
            _ => false,
        };
        let instruction = Instruction {
            span: self.line.span(start, arguments_end.max(end)),
            keyword,
            keyword_span,
            flags,
            arguments,
            body,
            heredocs: Vec::new(),
            is_json,
            blank_lines: Vec::new(),
        };
        self.check_flags(&instruction);
        instruction
    }

    /// The builder looks at no flags of some instructions.
    fn check_flags(&mut self, instruction: &Instruction) {
        let keyword = instruction.keyword;
        let is_off = matches!(instruction.body, Body::Healthcheck(None));
        if is_off || matches!(keyword, Keyword::Arg | Keyword::StopSignal | Keyword::Unknown) {
            return;
        }
        for flag in &instruction.flags {
            if keyword.knows_flag(&flag.name) {
                continue;
            }
            let near = nearest(&flag.name, keyword.flags().iter().copied());
            let words = match near {
                Some(_) => text(
                    "{instruction} has no flag `--{flag}`; did you mean `--{near}`?",
                    "{instruction} 没有 `--{flag}` 选项；是否想写 `--{near}`？",
                ),
                None => text(
                    "{instruction} has no flag `--{flag}`",
                    "{instruction} 没有 `--{flag}` 选项",
                ),
            };
            let error = SyntaxError::new(flag.name_span, words)
                .arg("instruction", keyword.name())
                .arg("flag", &flag.name)
                .arg("near", near.unwrap_or_default());
            self.errors.push(error);
        }
        check::flags(instruction, self.errors);
    }

    fn unknown(&mut self, name: &str, span: Span) {
        let upper = name.to_ascii_uppercase();
        match nearest(&upper, KEYWORDS.iter().map(|(_, known, _)| *known)) {
            Some(near) => {
                let words = text(
                    "there is no instruction `{name}`; did you mean `{near}`?",
                    "没有指令 `{name}`；是否想写 `{near}`？",
                );
                let error = SyntaxError::new(span, words).arg("name", name).arg("near", near);
                self.errors.push(error);
            }
            None => self.error_with(
                span,
                text("there is no instruction `{name}`", "没有指令 `{name}`"),
                "name",
                name,
            ),
        }
    }

    /// The flags from `at` on, and where the arguments begin.
    fn flags(&self, at: usize) -> (Vec<Flag>, usize) {
        let mut flags: Vec<Flag> = Vec::new();
        let mut at = at;
        while self.letters()[at..].starts_with("--") {
            let (text, end) = self.flag(at);
            if text.text() == "--" {
                return (flags, self.skip_space(end));
            }
            let equals = text.text().find('=');
            let name_end = equals.unwrap_or(text.text().len());
            let value = equals.map(|equals| {
                let from = self.letters()[at..end].find('=').map_or(at, |found| at + found + 1);
                let value = text.slice(equals + 1, text.text().len());
                Word { text: value, span: self.line.span(from.min(end), end) }
            });
            flags.push(Flag {
                name: text.text().get(2..name_end).unwrap_or_default().to_owned(),
                name_span: text.span(0, name_end),
                value,
                span: self.line.span(at, end),
            });
            at = self.skip_space(end);
        }
        (flags, at)
    }

    /// One flag without its quotes and escapes, and where it ends.
    fn flag(&self, start: usize) -> (MappedText, usize) {
        let mut out = MappedText::new();
        let mut quote = None;
        // What goes into the flag as it stands, so far.
        let mut from = start;
        let mut keep = |from: usize, to: usize| {
            if from < to {
                out.append(&self.line.slice(from, to));
            }
        };
        let mut end = self.letters().len();
        let mut characters = self.letters()[start..].char_indices();
        while let Some((at, character)) = characters.next() {
            let at = start + at;
            match quote {
                None if character.is_whitespace() => {
                    end = at;
                    break;
                }
                None if character == '\'' || character == '"' => quote = Some(character),
                Some(open) if character == open => quote = None,
                _ if character == self.escape => {
                    characters.next();
                }
                _ => continue,
            }
            keep(from, at);
            from = at + character.len_utf8();
        }
        keep(from.min(end), end);
        (out, end)
    }

    fn body(
        &mut self,
        keyword: Keyword,
        keyword_span: Span,
        start: usize,
        end: usize,
        is_nested: bool,
    ) -> Body {
        if start >= end {
            // The builder takes these as they are: a shell is given nothing to do.
            if matches!(keyword, Keyword::Run | Keyword::Cmd | Keyword::Entrypoint) {
                let text = self.line.slice(start, end);
                return Body::Command(CommandForm::Shell { text, looks_like_json: false });
            }
            self.error_with(
                keyword_span,
                text("{instruction} needs an argument", "{instruction} 缺少参数"),
                "instruction",
                keyword.name(),
            );
            return Body::Broken;
        }
        match keyword {
            Keyword::From => self.from(keyword_span, start, end),
            Keyword::Run | Keyword::Cmd | Keyword::Entrypoint => self.command(start, end),
            Keyword::Shell => self.shell(start, end),
            Keyword::Copy | Keyword::Add => self.copy(keyword, keyword_span, start, end),
            Keyword::Env | Keyword::Label => self.pairs(keyword, start, end),
            Keyword::Arg => self.args(start, end),
            Keyword::Expose => Body::Words(self.plain_words(start, end)),
            Keyword::Volume => self.volume(start, end),
            Keyword::User | Keyword::Workdir | Keyword::StopSignal | Keyword::Maintainer => {
                Body::Text(Word::of(self.line, start, end))
            }
            Keyword::Healthcheck => self.healthcheck(start, end),
            Keyword::Onbuild => self.onbuild(keyword_span, start, is_nested),
            Keyword::Unknown => Body::Broken,
        }
    }

    fn plain_words(&self, start: usize, end: usize) -> Vec<Word> {
        let ranges = split_plain(&self.letters()[start..end]);
        ranges.into_iter().map(|(a, b)| Word::of(self.line, start + a, start + b)).collect()
    }

    fn from(&mut self, keyword_span: Span, start: usize, end: usize) -> Body {
        let mut words = self.plain_words(start, end).into_iter();
        let Some(image) = words.next() else { return Body::Broken };
        let rest: Vec<Word> = words.collect();
        match &rest[..] {
            [] => Body::From { image, as_word: None, name: None },
            [as_word, name] if as_word.raw().eq_ignore_ascii_case("as") => {
                let (as_word, name) = (as_word.clone(), name.clone());
                if !is_stage_name(name.raw()) {
                    self.error_with(
                        name.span,
                        text(
                            "`{name}` cannot name a stage: a letter, then letters, digits, `-`, `_` or `.`",
                            "`{name}` 不能作为阶段名：应以字母开头，后接字母、数字、`-`、`_` 或 `.`",
                        ),
                        "name",
                        name.raw(),
                    );
                }
                Body::From { image, as_word: Some(as_word), name: Some(name) }
            }
            _ => {
                let span = rest.first().map_or(keyword_span, |first| {
                    rest.last().map_or(first.span, |last| first.span.to(last.span))
                });
                self.error(
                    span,
                    text(
                        "FROM takes an image, and `AS` with a name",
                        "FROM 只接受镜像，以及 `AS` 加名称",
                    ),
                );
                Body::From { image, as_word: None, name: None }
            }
        }
    }

    fn command(&mut self, start: usize, end: usize) -> Body {
        match command::read(&self.line.slice(start, end)) {
            Ok(form) => Body::Command(form),
            Err(error) => {
                self.error(
                    error.at,
                    text(
                        "the words of a command in JSON form are strings",
                        "JSON 形式命令的各项必须是字符串",
                    ),
                );
                Body::Broken
            }
        }
    }

    fn shell(&mut self, start: usize, end: usize) -> Body {
        let body = self.command(start, end);
        let is_empty = |form: &CommandForm| form.exec().is_none_or(<[_]>::is_empty);
        if matches!(&body, Body::Command(form) if is_empty(form)) {
            self.error(
                self.line.span(start, end),
                text(
                    "SHELL takes a JSON array such as [\"/bin/bash\", \"-c\"]",
                    "SHELL 需要 JSON 数组，例如 [\"/bin/bash\", \"-c\"]",
                ),
            );
            return Body::Broken;
        }
        body
    }

    fn copy(&mut self, keyword: Keyword, keyword_span: Span, start: usize, end: usize) -> Body {
        let arguments = self.line.slice(start, end);
        let mut words = match command::read_array(&arguments) {
            Ok(Some(words)) => {
                words.into_iter().map(|word| Word { text: word.value, span: word.span }).collect()
            }
            Ok(None) => self.plain_words(start, end),
            Err(error) => {
                self.error(
                    error.at,
                    text("paths in JSON form are strings", "JSON 形式的路径必须是字符串"),
                );
                return Body::Broken;
            }
        };
        if words.len() < 2 {
            self.error_with(
                keyword_span,
                text(
                    "{instruction} needs at least a source and a destination",
                    "{instruction} 至少需要一个来源和一个目标",
                ),
                "instruction",
                keyword.name(),
            );
            return Body::Broken;
        }
        let destination = words.remove(words.len() - 1);
        let is_marker = |word: &Word| matches!(heredoc::read_marker(word.raw()), Ok(Some(_)));
        if is_marker(&destination) {
            self.error_with(
                destination.span,
                text(
                    "the destination of {instruction} cannot be a heredoc",
                    "{instruction} 的目标不能是 heredoc",
                ),
                "instruction",
                keyword.name(),
            );
        }
        words.retain(|word| !is_marker(word));
        Body::Copy { sources: words, destination }
    }

    fn pairs(&mut self, keyword: Keyword, start: usize, end: usize) -> Body {
        let letters = &self.letters()[start..end];
        let words = split_quoted(letters, self.escape);
        let Some(&(first, first_end)) = words.first() else {
            return self.needs_argument(keyword, start, end);
        };
        if !letters[first..first_end].contains('=') {
            // `ENV name value`: the value is all the rest, white space included.
            let name_end = first + letters[first..].find(is_space).unwrap_or(letters.len() - first);
            let value_start = self.skip_space(start + name_end);
            let name = Word::of(self.line, start + first, start + name_end);
            if value_start >= end {
                self.error_with(
                    name.span,
                    text(
                        "{instruction} needs a name and a value: `NAME=value`",
                        "{instruction} 需要名称和值：`NAME=value`",
                    ),
                    "instruction",
                    keyword.name(),
                );
                return Body::Broken;
            }
            let value = Some(Word::of(self.line, value_start, end));
            return Body::Pairs { pairs: vec![Pair { name, value }], is_legacy: true };
        }
        let mut pairs = Vec::with_capacity(words.len());
        for (from, to) in words {
            let word = &self.letters()[start + from..start + to];
            match word.find('=') {
                Some(0) => {
                    self.error(
                        self.line.span(start + from, start + to),
                        text("a name is missing before `=`", "`=` 前缺少名称"),
                    );
                }
                Some(equals) => pairs.push(Pair {
                    name: Word::of(self.line, start + from, start + from + equals),
                    value: Some(Word::of(self.line, start + from + equals + 1, start + to)),
                }),
                None => self.error_with(
                    self.line.span(start + from, start + to),
                    text(
                        "`{word}` has no `=`: quote a value that holds blanks",
                        "`{word}` 缺少 `=`：含空格的值需要加引号",
                    ),
                    "word",
                    &word.chars().take(40).collect::<String>(),
                ),
            }
        }
        Body::Pairs { pairs, is_legacy: false }
    }

    fn needs_argument(&mut self, keyword: Keyword, start: usize, end: usize) -> Body {
        self.error_with(
            self.line.span(start, end),
            text("{instruction} needs an argument", "{instruction} 缺少参数"),
            "instruction",
            keyword.name(),
        );
        Body::Broken
    }

    fn args(&mut self, start: usize, end: usize) -> Body {
        let mut pairs = Vec::new();
        for (from, to) in split_quoted(&self.letters()[start..end], self.escape) {
            let word = &self.letters()[start + from..start + to];
            let equals = word.find('=');
            if equals == Some(0) {
                self.error(
                    self.line.span(start + from, start + to),
                    text("a name is missing before `=`", "`=` 前缺少名称"),
                );
                continue;
            }
            let name_end = start + from + equals.unwrap_or(to - from);
            pairs.push(Pair {
                name: Word::of(self.line, start + from, name_end),
                value: equals.map(|_| Word::of(self.line, name_end + 1, start + to)),
            });
        }
        Body::Args(pairs)
    }

    fn volume(&mut self, start: usize, end: usize) -> Body {
        match command::read_array(&self.line.slice(start, end)) {
            Ok(Some(words)) if words.is_empty() => self.needs_argument(Keyword::Volume, start, end),
            Ok(Some(words)) => {
                if let Some(empty) = words.iter().find(|word| word.value.text().trim().is_empty()) {
                    let span = empty.span;
                    self.error(span, text("a volume needs a path", "卷需要路径"));
                }
                let word = |word: command::ExecWord| Word { text: word.value, span: word.span };
                Body::Words(words.into_iter().map(word).collect())
            }
            Ok(None) => Body::Words(self.plain_words(start, end)),
            Err(error) => {
                self.error(
                    error.at,
                    text("paths in JSON form are strings", "JSON 形式的路径必须是字符串"),
                );
                Body::Broken
            }
        }
    }

    fn healthcheck(&mut self, start: usize, end: usize) -> Body {
        let letters = &self.letters()[start..end];
        let kind_end = start + letters.find(char::is_whitespace).unwrap_or(letters.len());
        let kind = self.letters()[start..kind_end].to_ascii_uppercase();
        let rest = self.skip_space(kind_end);
        match kind.as_str() {
            "NONE" => {
                if rest < end {
                    self.error(
                        self.line.span(rest, end),
                        text(
                            "HEALTHCHECK NONE takes nothing more",
                            "HEALTHCHECK NONE 不接受其他参数",
                        ),
                    );
                }
                Body::Healthcheck(None)
            }
            "CMD" if rest < end => match self.command(rest, end) {
                Body::Command(form) if form.exec().is_some_and(<[_]>::is_empty) => {
                    self.error(
                        self.line.span(rest, end),
                        text("HEALTHCHECK CMD needs a command", "HEALTHCHECK CMD 缺少命令"),
                    );
                    Body::Broken
                }
                Body::Command(form) => Body::Healthcheck(Some(form)),
                _ => Body::Broken,
            },
            "CMD" => {
                self.error(
                    self.line.span(start, kind_end),
                    text("HEALTHCHECK CMD needs a command", "HEALTHCHECK CMD 缺少命令"),
                );
                Body::Broken
            }
            _ => {
                self.error(
                    self.line.span(start, kind_end),
                    text("HEALTHCHECK takes CMD or NONE", "HEALTHCHECK 只接受 CMD 或 NONE"),
                );
                Body::Broken
            }
        }
    }

    fn onbuild(&mut self, keyword_span: Span, start: usize, is_nested: bool) -> Body {
        if is_nested {
            self.error(
                keyword_span,
                text("ONBUILD cannot stand behind ONBUILD", "ONBUILD 不能嵌套 ONBUILD"),
            );
            return Body::Broken;
        }
        let inner = self.instruction(start, true);
        if matches!(inner.keyword, Keyword::From | Keyword::Maintainer) {
            self.error_with(
                inner.keyword_span,
                text("{instruction} cannot stand behind ONBUILD", "{instruction} 不能用于 ONBUILD"),
                "instruction",
                inner.keyword.name(),
            );
        }
        Body::Onbuild(Box::new(inner))
    }
}

fn is_stage_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}
