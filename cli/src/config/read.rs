//! The text of a plimsoll.toml into what it says; everything that is wrong with it has its place.

use std::ops::Range;

use clap::ValueEnum;
use plimsoll::fact::Target;
use plimsoll::rule::{OptionKind, OptionValue, Rule, RuleOption, Severity};
use plimsoll::text::{Source, Text, nearest, text};
use plimsoll::{Selector, find_rules};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::glob::{Glob, MOST_ALTERNATIVES};
use crate::args::{self, FailOn};
use crate::output::Problem;

/// What a plimsoll.toml says.
#[derive(Debug, Default)]
pub(super) struct Config {
    pub(super) platforms: Vec<Target>,
    pub(super) select: Vec<Selector>,
    pub(super) ignore: Vec<Selector>,
    pub(super) fail_on: Option<FailOn>,
    pub(super) strict: bool,
    pub(super) severities: Vec<(&'static Rule, Severity)>,
    pub(super) options: Vec<RuleOption>,
    pub(super) file_ignores: Vec<(Glob, Vec<Selector>)>,
}

/// The keys at the top.
const KEYS: &[&str] =
    &["platforms", "select", "ignore", "fail-on", "strict", "rules", "per-file-ignores"];

/// Reads the `text` of the file called `name`.
pub(super) fn read(name: &str, text: &str) -> Result<Config, Vec<Problem>> {
    let mut reader = Reader { source: Source::new(name, text), problems: Vec::new() };
    let config = match DeTable::parse(text) {
        Ok(table) => reader.config(table.get_ref()),
        Err(error) => {
            let at = error.span().unwrap_or_default();
            reader.refuse(&at, TOML, |problem| problem.arg("error", error.message()));
            Config::default()
        }
    };
    if reader.problems.is_empty() { Ok(config) } else { Err(reader.problems) }
}

const TOML: Text = text("this is no TOML: {error}", "这不是有效的 TOML：{error}");
const UNKNOWN: Text = text("unknown key `{key}`", "未知的键 `{key}`");
const WRONG: Text = text("`{key}` must be {wanted}", "`{key}` 必须是{wanted_zh}");
const VALUE: Text = text("{error}", "{error}");

/// What a value must be, in both languages.
struct Wanted(&'static str, &'static str);

const FLAG: Wanted = Wanted("`true` or `false`", " `true` 或 `false`");
const NUMBER: Wanted = Wanted("a whole number", "整数");
const WORD: Wanted = Wanted("a text", "文本");
const LIST: Wanted = Wanted("a list of texts", "文本列表");
const TABLE: Wanted = Wanted("a table", "表");
const MAP: Wanted = Wanted("a table of texts", "值为文本的表");

type Key<'a> = Spanned<std::borrow::Cow<'a, str>>;
type Value<'a> = Spanned<DeValue<'a>>;

struct Reader {
    source: Source,
    problems: Vec<Problem>,
}

impl Reader {
    fn config(&mut self, table: &DeTable<'_>) -> Config {
        let mut config = Config::default();
        for (key, value) in in_order(table) {
            match &**key.get_ref() {
                "platforms" => config.platforms = self.parsed(key, value, args::parse_target),
                "select" => config.select = self.parsed(key, value, args::parse_selector),
                "ignore" => config.ignore = self.parsed(key, value, args::parse_selector),
                "strict" => config.strict = self.flag(key, value),
                "fail-on" => config.fail_on = self.word(key, value, fail_on),
                "rules" => self.rules(key, value, &mut config),
                "per-file-ignores" => {
                    for (pattern, rules) in self.table(key, value) {
                        let selectors = self.parsed(pattern, rules, args::parse_selector);
                        let glob = self.glob(pattern);
                        config.file_ignores.extend(glob.map(|glob| (glob, selectors)));
                    }
                }
                _ => self.unknown(key, KEYS),
            }
        }
        config
    }

    /// `[rules."GROUP/NAME"]`: the severity and options of one rule, or of all with that alias.
    fn rules(&mut self, key: &Key<'_>, value: &Value<'_>, config: &mut Config) {
        for (name, settings) in self.table(key, value) {
            let rules = match find_rules(name.get_ref()) {
                Ok(rules) => rules,
                Err(error) => {
                    let error = args::unknown_rule(&error);
                    self.refuse(&name.span(), VALUE, |problem| problem.arg("error", &error));
                    continue;
                }
            };
            for (key, value) in self.table(name, settings) {
                if key.get_ref() == "severity" {
                    let chosen = self.word(key, value, severity);
                    config.severities.extend(
                        chosen.iter().flat_map(|&one| rules.iter().map(move |&rule| (rule, one))),
                    );
                } else {
                    self.option(&rules, key, value, config);
                }
            }
        }
    }

    fn option(
        &mut self,
        rules: &[&'static Rule],
        key: &Key<'_>,
        value: &Value<'_>,
        config: &mut Config,
    ) {
        let specs = || rules.iter().flat_map(|&rule| rule.options.iter().map(move |o| (rule, o)));
        let own: Vec<_> = specs().filter(|(_, spec)| spec.name == key.get_ref()).collect();
        let Some((_, spec)) = own.first() else {
            let known: Vec<&str> = specs().map(|(_, spec)| spec.name).chain(["severity"]).collect();
            self.unknown(key, &known);
            return;
        };
        let value = match spec.kind {
            OptionKind::Flag => OptionValue::Flag(self.flag(key, value)),
            OptionKind::Number => OptionValue::Number(self.number(key, value)),
            OptionKind::Hosts => OptionValue::List(self.texts(spec.kind, key, value)),
            OptionKind::Words(_) => {
                let mut pairs = Vec::new();
                for (name, value) in self.entries(key, value, &MAP) {
                    match value.get_ref().as_str() {
                        Some(word) if self.holds(spec.kind, value, word) => {
                            pairs.push((name.get_ref().to_string(), word.to_owned()));
                        }
                        Some(_) => {}
                        None => self.wrong(name, value, &WORD),
                    }
                }
                OptionValue::Map(pairs)
            }
        };
        config.options.extend(own.iter().map(|(rule, spec)| RuleOption {
            rule,
            name: spec.name.to_owned(),
            value: value.clone(),
        }));
    }

    fn glob(&mut self, pattern: &Key<'_>) -> Option<Glob> {
        let glob = Glob::new(pattern.get_ref());
        glob.map_err(|error| {
            self.refuse(&pattern.span(), error.text(), |problem| {
                problem.arg("pattern", pattern.get_ref()).arg("most", MOST_ALTERNATIVES)
            });
        })
        .ok()
    }

    /// A list of texts for an option of `kind`.
    fn texts(&mut self, kind: OptionKind, key: &Key<'_>, value: &Value<'_>) -> Vec<String> {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(key, value, &LIST);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for one in list {
            match one.get_ref().as_str() {
                Some(text) if self.holds(kind, one, text) => texts.push(text.to_owned()),
                Some(_) => {}
                None => self.wrong(key, one, &LIST),
            }
        }
        texts
    }

    /// Whether `text` can be one of an option of `kind`.
    fn holds(&mut self, kind: OptionKind, at: &Value<'_>, text: &str) -> bool {
        let refused = kind.refuse(text);
        let is_good = refused.is_none();
        let place = self.place(&at.span());
        self.problems.extend(refused.map(|message| Problem::said(&place, message)));
        is_good
    }

    fn flag(&mut self, key: &Key<'_>, value: &Value<'_>) -> bool {
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(key, value, &FLAG);
            false
        })
    }

    fn number(&mut self, key: &Key<'_>, value: &Value<'_>) -> u64 {
        let number = value.get_ref().as_integer().and_then(|one| one.to_string().parse().ok());
        number.unwrap_or_else(|| {
            self.wrong(key, value, &NUMBER);
            0
        })
    }

    /// A text, read by `parse`.
    fn word<T>(
        &mut self,
        key: &Key<'_>,
        value: &Value<'_>,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let Some(word) = value.get_ref().as_str() else {
            self.wrong(key, value, &WORD);
            return None;
        };
        parse(word)
            .map_err(|error| {
                self.refuse(&value.span(), VALUE, |problem| problem.arg("error", &error));
            })
            .ok()
    }

    /// A list of texts, each read by `parse`.
    fn parsed<T>(
        &mut self,
        key: &Key<'_>,
        value: &Value<'_>,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Vec<T> {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(key, value, &LIST);
            return Vec::new();
        };
        list.iter()
            .filter_map(|one| match one.get_ref().as_str() {
                Some(_) => self.word(key, one, &parse),
                None => {
                    self.wrong(key, one, &LIST);
                    None
                }
            })
            .collect()
    }

    fn table<'a, 'b>(
        &mut self,
        key: &Key<'_>,
        value: &'a Value<'b>,
    ) -> Vec<(&'a Key<'b>, &'a Value<'b>)> {
        self.entries(key, value, &TABLE)
    }

    fn entries<'a, 'b>(
        &mut self,
        key: &Key<'_>,
        value: &'a Value<'b>,
        wanted: &Wanted,
    ) -> Vec<(&'a Key<'b>, &'a Value<'b>)> {
        match value.get_ref().as_table() {
            Some(table) => in_order(table),
            None => {
                self.wrong(key, value, wanted);
                Vec::new()
            }
        }
    }

    fn unknown(&mut self, key: &Key<'_>, known: &[&str]) {
        let name = key.get_ref();
        let (help, near) = match nearest(name, known.iter().copied()) {
            Some(near) => (text("did you mean `{near}`?", "是否想写 `{near}`？"), near.to_owned()),
            None => (text("known keys: {near}", "已知的键：{near}"), known.join(", ")),
        };
        let subject = self.place(&key.span());
        let problem = Problem::new(&subject, UNKNOWN, help);
        self.problems.push(problem.arg("key", name).arg("near", near));
    }

    fn wrong(&mut self, key: &Key<'_>, value: &Value<'_>, wanted: &Wanted) {
        let name = key.get_ref();
        self.refuse(&value.span(), WRONG, |problem| {
            problem.arg("key", name).arg("wanted", wanted.0).arg("wanted_zh", wanted.1)
        });
    }

    fn refuse(&mut self, at: &Range<usize>, words: Text, args: impl Fn(Problem) -> Problem) {
        let problem = Problem::new(&self.place(at), words, text("", ""));
        self.problems.push(args(problem));
    }

    /// `plimsoll.toml:3:1`
    fn place(&self, at: &Range<usize>) -> String {
        let offset = u32::try_from(at.start).unwrap_or(u32::MAX);
        let place = self.source.line_column(offset);
        format!("{}:{}:{}", self.source.path(), place.line, place.column)
    }
}

/// The entries as they are written, so that errors come in that order.
fn in_order<'a, 'b>(table: &'a DeTable<'b>) -> Vec<(&'a Key<'b>, &'a Value<'b>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn fail_on(name: &str) -> Result<FailOn, String> {
    FailOn::from_str(name, false)
        .map_err(|_| format!("unknown severity `{name}`; known are error, warning, info, never"))
}

fn severity(name: &str) -> Result<Severity, String> {
    let known = [Severity::Error, Severity::Warning, Severity::Info];
    known.into_iter().find(|one| one.id() == name).ok_or_else(|| match name {
        "off" | "ignore" | "none" => {
            format!("`{name}` is no severity; name the rule in `ignore` instead")
        }
        _ => format!("unknown severity `{name}`; known are error, warning, info"),
    })
}
