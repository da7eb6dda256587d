//! Variables: which an instruction uses, and which the builder knows where it stands.

use std::rc::Rc;
use std::sync::Arc;

use super::Dockerfile;
use super::expand::{ExpandError, Expansion, Lookup, VariableUse, expand, expand_body, is_plain};
use super::instruction::{Body, Instruction, Keyword, Pair};
use super::mount;
use super::shared_map::SharedMap;
use super::stages::{BaseName, PLATFORM_ARGS, Stage};
use super::words::Word;
use crate::text::{Budget, Span};

/// The variables that the builder itself puts into `instruction`, in their order. RUN, CMD,
/// ENTRYPOINT, HEALTHCHECK and SHELL leave theirs to the shell (but for RUN's mounts), ONBUILD to a
/// later build. Whether a use `is_set` is not told here: ask an [`Environment`].
pub fn variables_used(instruction: &Instruction, escape: char) -> Vec<VariableUse> {
    let mut uses = Vec::new();
    let unknown = |_: &str| Lookup::Unknown;
    for_each_expanded(instruction, &mut |word, is_body| {
        let expansion = if is_body {
            expand_body(&word.text, &unknown)
        } else if is_plain(word, escape) {
            return;
        } else {
            expand(word, escape, &unknown)
        };
        uses.extend(expansion.uses);
    });
    uses
}

/// The words of `instruction` that the builder expands, in their order.
pub fn expanded_words(instruction: &Instruction) -> Vec<Word> {
    let mut words = Vec::new();
    for_each_expanded(instruction, &mut |word, is_body| {
        if !is_body {
            words.push(word.clone());
        }
    });
    words
}

/// Why the builder cannot expand a word of `instruction`, whatever the variables hold.
pub(super) fn refusals(instruction: &Instruction, escape: char) -> Vec<ExpandError> {
    let mut errors = Vec::new();
    let unknown = |_: &str| Lookup::Unknown;
    for_each_expanded(instruction, &mut |word, is_body| {
        let expansion = if is_body {
            expand_body(&word.text, &unknown)
        } else if is_plain(word, escape) {
            return;
        } else {
            expand(word, escape, &unknown)
        };
        errors.extend(expansion.error);
    });
    errors
}

/// Hands each expanded word to `see`; `true` for the body of a heredoc.
fn for_each_expanded(instruction: &Instruction, see: &mut dyn FnMut(&Word, bool)) {
    let flags: &[&str] = match instruction.keyword {
        Keyword::From => &["platform"],
        Keyword::Add => &["chown", "chmod", "checksum"],
        Keyword::Copy => &["chown", "chmod"],
        _ => &[],
    };
    for flag in &instruction.flags {
        let Some(value) = &flag.value else { continue };
        if flags.contains(&flag.name.as_str()) {
            see(value, false);
        }
        if instruction.keyword == Keyword::Run && flag.name == "mount" {
            for field in mount::fields(value) {
                see(&field.value, false);
            }
        }
    }
    match (&instruction.body, instruction.keyword) {
        (Body::From { image, .. }, _) => see(image, false),
        (Body::Copy { sources, destination }, _) => {
            for word in sources.iter().chain([destination]) {
                see(word, false);
            }
            for heredoc in instruction.heredocs.iter().filter(|one| one.expands) {
                see(&Word { text: heredoc.body.clone(), span: heredoc.span }, true);
            }
        }
        (Body::Pairs { pairs, .. }, _) => {
            for pair in pairs {
                see(&pair.name, false);
                if let Some(value) = &pair.value {
                    see(value, false);
                }
            }
        }
        (Body::Args(pairs), _) => {
            for value in pairs.iter().filter_map(|pair| pair.value.as_ref()) {
                see(value, false);
            }
        }
        (Body::Words(words), Keyword::Expose | Keyword::Volume) => {
            for word in words {
                see(word, false);
            }
        }
        (Body::Text(word), Keyword::User | Keyword::Workdir | Keyword::StopSignal) => {
            see(word, false);
        }
        _ => {}
    }
}

/// What brought a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// ARG of the stage, or of one that it is built from.
    Arg,
    /// ENV.
    Env,
    /// ARG before the first FROM: seen by FROM and by other such ARGs alone.
    Global,
    /// The builder: `TARGETARCH` and the like, seen by FROM, and in a stage behind its ARG.
    Builder,
}

/// A variable that the builder knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The value; `None` where only the build knows.
    pub value: Option<Arc<str>>,
    /// Whether the builder may give another.
    pub is_overridable: bool,
    /// What brought it.
    pub origin: Origin,
    /// Where its name stands; empty for the builder's own.
    pub name_span: Span,
    /// Whether nothing is known to give it a value: `ARG NAME` without default.
    pub is_bare: bool,
}

/// The variables that the builder knows where an instruction stands. A copy shares what it holds.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    variables: SharedMap<Variable>,
    /// What all environments of the file may still bring into values.
    budget: Rc<Budget>,
    /// Whether an image below may bring more, of which we know nothing.
    pub has_unknown_base: bool,
}

impl Environment {
    /// The variable called `name`.
    pub fn get(&self, name: &str) -> Option<&Variable> {
        self.variables.get(name)
    }

    /// All names, in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.names().into_iter()
    }

    /// What `name` holds, for [`expand`].
    pub fn lookup(&self, name: &str) -> Lookup {
        match self.variables.get(name) {
            Some(Variable { value: Some(value), is_overridable, .. }) => {
                Lookup::of(value, *is_overridable, &self.budget)
            }
            Some(_) => Lookup::Unknown,
            None if self.has_unknown_base && FROM_IMAGES.contains(&name) => Lookup::Unknown,
            None => Lookup::Unset,
        }
    }

    /// A word with its variables put in.
    pub fn expand(&self, word: &Word, escape: char) -> Expansion {
        expand(word, escape, &|name| self.lookup(name))
    }

    fn set(&mut self, name: &str, variable: Variable) {
        self.variables.insert(name, variable);
    }

    fn global() -> Environment {
        let mut environment = Environment::default();
        for name in PLATFORM_ARGS {
            environment.set(
                name,
                Variable {
                    value: None,
                    is_overridable: true,
                    origin: Origin::Builder,
                    name_span: Span::default(),
                    is_bare: false,
                },
            );
        }
        environment
    }

    fn args(&mut self, pairs: &[Pair], escape: char, globals: Option<&Environment>) {
        for pair in pairs {
            let name = pair.name.raw();
            let own = pair.value.as_ref().map(|word| self.expand(word, escape));
            let inherited = globals.and_then(|globals| globals.get(name));
            let variable = match (own, inherited) {
                (Some(expansion), _) => Variable {
                    value: expansion.value().map(Arc::from),
                    is_overridable: true,
                    origin: if globals.is_some() { Origin::Arg } else { Origin::Global },
                    name_span: pair.name.span,
                    is_bare: false,
                },
                (None, Some(global)) => {
                    Variable { origin: Origin::Arg, name_span: pair.name.span, ..global.clone() }
                }
                // A value from an earlier instruction stays.
                (None, None) if self.get(name).is_some_and(|known| !known.is_bare) => continue,
                (None, None) => Variable {
                    value: None,
                    is_overridable: true,
                    origin: if globals.is_some() { Origin::Arg } else { Origin::Global },
                    name_span: pair.name.span,
                    is_bare: true,
                },
            };
            self.set(name, variable);
        }
    }

    fn env(&mut self, pairs: &[Pair], escape: char) {
        // All values of one instruction see the environment before it.
        let values: Vec<(String, Variable)> = pairs
            .iter()
            .map(|pair| {
                let value = pair.value.as_ref().map(|word| self.expand(word, escape));
                let name = self.expand(&pair.name, escape);
                let name = name.value().unwrap_or_else(|| pair.name.raw()).to_owned();
                let variable = Variable {
                    value: value.and_then(|value| value.value().map(Arc::from)),
                    is_overridable: false,
                    origin: Origin::Env,
                    name_span: pair.name.span,
                    is_bare: false,
                };
                (name, variable)
            })
            .collect();
        for (name, variable) in values {
            self.set(&name, variable);
        }
    }
}

/// Variables that images bring, whatever they are.
const FROM_IMAGES: &[&str] = &["PATH", "HOME", "LD_LIBRARY_PATH", "PYTHONPATH"];

impl Dockerfile {
    /// Goes through all instructions with the environment that each sees: index, instruction, and
    /// what the builder knows right before it. FROM sees the ARGs before the first FROM.
    pub fn walk_environment(&self, see: &mut dyn FnMut(usize, &Instruction, &Environment)) {
        let mut globals = Environment::global();
        let first = self.stages.first().map_or(self.instructions.len(), |one| one.range.start);
        for (index, instruction) in self.instructions.iter().enumerate().take(first) {
            see(index, instruction, &globals);
            if let Body::Args(pairs) = &instruction.body {
                globals.args(pairs, self.escape, None);
            }
        }
        let of_base = |stage: &Stage| Environment {
            has_unknown_base: stage.base != BaseName::Scratch,
            budget: globals.budget.clone(),
            ..Environment::default()
        };
        self.flow(of_base, |stage, mut environment| {
            for (index, instruction) in stage.range.clone().zip(self.stage_instructions(stage)) {
                if index == stage.range.start {
                    see(index, instruction, &globals);
                    continue;
                }
                see(index, instruction, &environment);
                match &instruction.body {
                    Body::Args(pairs) => environment.args(pairs, self.escape, Some(&globals)),
                    Body::Pairs { pairs, .. } if instruction.keyword == Keyword::Env => {
                        environment.env(pairs, self.escape);
                    }
                    _ => {}
                }
            }
            environment
        });
    }

    /// What the builder knows right before the instruction at `index`. To ask for many, walk
    /// ([`Dockerfile::walk_environment`]).
    pub fn environment_at(&self, index: usize) -> Environment {
        let mut found = Environment::default();
        self.walk_environment(&mut |at, _, environment| {
            if at == index {
                found = environment.clone();
            }
        });
        found
    }
}
