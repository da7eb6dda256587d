//! What the image built from the last stage will say of itself, each value with its origin.

use std::collections::HashMap;
use std::sync::Arc;

use oci_spec::image::{
    Arch, Config, ConfigBuilder, ImageConfiguration, ImageConfigurationBuilder, Os, RootFsBuilder,
};

use super::command::CommandForm;
use super::expand::{Expansion, Lookup, expand};
use super::instruction::{Body, Instruction, Keyword, Pair};
use super::stages::{BaseName, Globals};
use super::words::Word;
use super::{Dockerfile, Stage};
use crate::text::{Budget, MappedText, Span};

/// The predicted configuration of the image. What only the base image knows is left out.
#[derive(Clone, Debug, Default)]
pub struct Prediction {
    /// What the last stage's chain starts from.
    pub base: Option<Base>,
    /// ENTRYPOINT.
    pub entrypoint: Option<Command>,
    /// CMD.
    pub cmd: Option<Command>,
    /// Whether an ENTRYPOINT of ours takes away the base image's CMD.
    pub resets_base_cmd: bool,
    /// EXPOSE, each port where it is written.
    pub exposed: Vec<Exposed>,
    /// ENV, the last value of each name.
    pub env: Vec<EnvVar>,
    /// Where each name stands in `env`.
    env_index: HashMap<String, usize>,
    /// USER.
    pub user: Option<Setting>,
    /// WORKDIR, joined to an absolute path.
    pub working_dir: Option<Setting>,
    /// LABEL, the last value of each name.
    pub labels: Vec<EnvVar>,
    /// VOLUME.
    pub volumes: Vec<Setting>,
    /// STOPSIGNAL.
    pub stop_signal: Option<Setting>,
    /// HEALTHCHECK.
    pub healthcheck: Option<Healthcheck>,
    /// SHELL, if one is set.
    pub shell: Option<Arc<[String]>>,
    /// The platform that FROM asks for.
    pub platform: Option<Setting>,
}

/// The image that everything starts from.
#[derive(Clone, Debug)]
pub struct Base {
    /// Its name, variables expanded; `None` where only the build knows.
    pub name: Option<String>,
    /// Whether it is `scratch`.
    pub is_scratch: bool,
    /// Where it is written.
    pub span: Span,
}

/// CMD or ENTRYPOINT.
#[derive(Clone, Debug)]
pub struct Command {
    /// Index of the instruction.
    pub instruction: usize,
    /// Where the keyword stands.
    pub keyword_span: Span,
    /// Where the arguments stand.
    pub span: Span,
    /// The command.
    pub form: CommandForm,
    /// The shell that runs a shell form.
    pub shell: Option<Arc<[String]>>,
}

/// A port of EXPOSE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposed {
    /// The port, or the first of a range.
    pub first: u16,
    /// The last of a range.
    pub last: u16,
    /// `tcp`, `udp`, `sctp`.
    pub protocol: String,
    /// Where its digits stand (or the variable that gives them).
    pub span: Span,
    /// Whether the digits stand there as such, so that an edit may replace them.
    pub is_literal: bool,
}

/// A name with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvVar {
    /// The name.
    pub name: String,
    /// The value; `None` where only the build knows.
    pub value: Option<String>,
    /// Where the name stands.
    pub name_span: Span,
    /// Where the value stands, quotes included.
    pub value_span: Span,
}

/// A single value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The value; `None` where only the build knows.
    pub value: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// HEALTHCHECK.
#[derive(Clone, Debug)]
pub struct Healthcheck {
    /// Where the instruction stands.
    pub span: Span,
    /// The command; `None` for NONE.
    pub form: Option<CommandForm>,
}

/// Predicts the configuration of the image that the last stage gives.
pub fn predict(dockerfile: &Dockerfile) -> Prediction {
    let mut builder = Builder {
        escape: dockerfile.escape,
        globals: Globals::read(&dockerfile.instructions, dockerfile.escape),
        out: Prediction::default(),
        env: HashMap::new(),
        label_index: HashMap::new(),
        args: HashMap::new(),
        budget: Budget::default(),
        cmd_stage: None,
    };
    let chain = dockerfile.chain();
    if let Some(first) = chain.first() {
        builder.base(first);
    }
    for stage in &chain {
        builder.stage(dockerfile, stage);
    }
    builder.out
}

struct Builder {
    escape: char,
    globals: Globals,
    out: Prediction,
    /// The environment so far: value, or `None` where only the build knows.
    env: HashMap<String, Option<Arc<str>>>,
    /// Where each label stands in the list of the prediction.
    label_index: HashMap<String, usize>,
    /// The build arguments so far; a stage has those of the one that it is built from.
    args: HashMap<String, Option<Arc<str>>>,
    /// What variables may still bring into values.
    budget: Budget,
    /// The stage that gave the CMD.
    cmd_stage: Option<usize>,
}

impl Builder {
    fn base(&mut self, stage: &Stage) {
        let name = match &stage.base {
            BaseName::Image(name) => Some(name.clone()),
            _ => None,
        };
        let is_scratch = stage.base == BaseName::Scratch;
        self.out.base = Some(Base { name, is_scratch, span: stage.image.span });
    }

    fn stage(&mut self, dockerfile: &Dockerfile, stage: &Stage) {
        self.out.shell = None;
        if let Some((platform, span)) = &stage.platform {
            let value = platform.value().map(str::to_owned);
            self.out.platform = Some(Setting { value, span: *span });
        }
        for index in stage.range.clone() {
            if let Some(instruction) = dockerfile.instructions.get(index) {
                self.instruction(index, instruction, stage.index);
            }
        }
    }

    fn lookup(&self, name: &str) -> Lookup {
        if let Some(value) = self.env.get(name) {
            return match value {
                Some(value) => Lookup::of(value, false, &self.budget),
                None => Lookup::Unknown,
            };
        }
        match self.args.get(name) {
            Some(Some(value)) => Lookup::of(value, true, &self.budget),
            Some(None) => Lookup::Unknown,
            // PATH and the like come with the base image.
            None if self.out.base.as_ref().is_some_and(|base| !base.is_scratch) => match name {
                "PATH" | "HOME" | "LD_LIBRARY_PATH" | "PYTHONPATH" => Lookup::Unknown,
                _ => Lookup::Unset,
            },
            None => Lookup::Unset,
        }
    }

    fn expand(&self, word: &Word) -> Expansion {
        expand(word, self.escape, &|name| self.lookup(name))
    }

    fn value(&self, word: &Word) -> Option<String> {
        self.expand(word).value().map(str::to_owned)
    }

    fn setting(&self, word: &Word) -> Setting {
        Setting { value: self.value(word), span: word.span }
    }

    fn instruction(&mut self, index: usize, instruction: &Instruction, stage: usize) {
        match (instruction.keyword, &instruction.body) {
            (Keyword::Arg, Body::Args(pairs)) => self.args(pairs),
            (Keyword::Env, Body::Pairs { pairs, .. }) => self.env(pairs),
            (Keyword::Label, Body::Pairs { pairs, .. }) => {
                for pair in pairs {
                    let label = self.variable(pair);
                    put(&mut self.out.labels, &mut self.label_index, label);
                }
            }
            (Keyword::Expose, Body::Words(words)) => {
                for word in words {
                    let expansion = self.expand(word);
                    self.out.exposed.extend(read_exposed(&expansion, word));
                }
            }
            (Keyword::Volume, Body::Words(words)) => {
                for word in words {
                    let setting = self.setting(word);
                    self.out.volumes.push(setting);
                }
            }
            (Keyword::User, Body::Text(word)) => self.out.user = Some(self.setting(word)),
            (Keyword::StopSignal, Body::Text(word)) => {
                self.out.stop_signal = Some(self.setting(word));
            }
            (Keyword::Workdir, Body::Text(word)) => self.working_dir(word),
            (Keyword::Shell, Body::Command(CommandForm::Exec(words))) => {
                let words = words.iter().map(|word| word.value.text().to_owned());
                self.out.shell = Some(words.collect());
            }
            (Keyword::Healthcheck, Body::Healthcheck(form)) => {
                let form = form.clone();
                self.out.healthcheck = Some(Healthcheck { span: instruction.span, form });
            }
            (Keyword::Cmd, Body::Command(form)) => {
                self.out.cmd = Some(self.command(index, instruction, form));
                self.cmd_stage = Some(stage);
            }
            (Keyword::Entrypoint, Body::Command(form)) => {
                self.out.entrypoint = Some(self.command(index, instruction, form));
                // A CMD that was inherited was meant for another entry point.
                if self.cmd_stage != Some(stage) {
                    self.out.cmd = None;
                    self.out.resets_base_cmd = true;
                }
            }
            _ => {}
        }
    }

    fn command(&self, index: usize, instruction: &Instruction, form: &CommandForm) -> Command {
        Command {
            instruction: index,
            keyword_span: instruction.keyword_span,
            span: instruction.arguments_span(),
            form: form.clone(),
            shell: self.out.shell.clone(),
        }
    }

    fn args(&mut self, pairs: &[Pair]) {
        for pair in pairs {
            let name = pair.name.raw().to_owned();
            let value = match &pair.value {
                Some(word) => self.value(word).map(Arc::from),
                // Without a default of its own it takes that of the global one.
                None => match self.globals.lookup(&name) {
                    Lookup::Value { value, .. } => Some(value),
                    _ => None,
                },
            };
            self.args.insert(name, value);
        }
    }

    fn env(&mut self, pairs: &[Pair]) {
        // All values of one instruction see the environment before it.
        let variables: Vec<EnvVar> = pairs.iter().map(|pair| self.variable(pair)).collect();
        for variable in variables {
            let value = variable.value.as_deref().map(Arc::from);
            self.env.insert(variable.name.clone(), value);
            put(&mut self.out.env, &mut self.out.env_index, variable);
        }
    }

    fn variable(&self, pair: &Pair) -> EnvVar {
        let empty = || Some(String::new());
        EnvVar {
            name: self.value(&pair.name).unwrap_or_else(|| pair.name.raw().to_owned()),
            value: pair.value.as_ref().map_or_else(empty, |word| self.value(word)),
            name_span: pair.name.span,
            value_span: pair.value.as_ref().map_or(pair.name.span, |word| word.span),
        }
    }

    fn working_dir(&mut self, word: &Word) {
        let now = self.value(word);
        let value = match (&now, &self.out.working_dir) {
            (Some(path), _) if path.starts_with('/') => now,
            (Some(path), Some(before)) => before
                .value
                .as_ref()
                .map(|before| format!("{}/{path}", before.trim_end_matches('/')))
                .filter(|path| path.len() <= LONGEST_PATH),
            // Relative to the base image's, which we do not know.
            _ => None,
        };
        self.out.working_dir = Some(Setting { value, span: word.span });
    }
}

/// Longer paths are no paths: nothing is known of them.
const LONGEST_PATH: usize = 4096;

/// Adds a variable, or gives the one of its name another value.
fn put(list: &mut Vec<EnvVar>, index_of: &mut HashMap<String, usize>, variable: EnvVar) {
    match index_of.get(&variable.name).and_then(|&index| list.get_mut(index)) {
        Some(known) => *known = variable,
        None => {
            index_of.insert(variable.name.clone(), list.len());
            list.push(variable);
        }
    }
}

/// The ports that one word of EXPOSE names; what is no port is a rule's to say.
fn read_exposed(expansion: &Expansion, word: &Word) -> Option<Exposed> {
    let letters = expansion.value()?;
    let (ports, protocol) = match letters.split_once('/') {
        Some((ports, protocol)) => (ports, protocol.to_ascii_lowercase()),
        None => (letters, "tcp".to_owned()),
    };
    // `8080:80` is a mapping, which EXPOSE does not know; what is meant is the container's side.
    let skipped = ports.rfind(':').map_or(0, |at| at + 1);
    let ports = &ports[skipped..];
    let (first, last) = match ports.split_once('-') {
        Some((first, last)) => (first.parse().ok()?, last.parse().ok()?),
        None => {
            let port: u16 = ports.parse().ok()?;
            (port, port)
        }
    };
    if first == 0 || last < first {
        return None;
    }
    let end = skipped + ports.len();
    let is_literal = expansion.text.is_verbatim(skipped, end);
    let span = if is_literal { expansion.text.span(skipped, end) } else { word.span };
    Some(Exposed { first, last, protocol, span, is_literal })
}

impl Exposed {
    /// Whether `port` is among them.
    pub fn holds(&self, port: u16) -> bool {
        (self.first..=self.last).contains(&port)
    }
}

impl Command {
    /// What the image's configuration will hold: a shell form behind its shell.
    pub fn arguments(&self) -> Vec<String> {
        match &self.form {
            CommandForm::Exec(words) => {
                words.iter().map(|word| word.value.text().to_owned()).collect()
            }
            CommandForm::Shell { text, .. } => {
                let default = || vec!["/bin/sh".to_owned(), "-c".to_owned()];
                let mut words = self.shell.as_ref().map_or_else(default, |words| words.to_vec());
                words.push(text.text().to_owned());
                words
            }
        }
    }

    /// The words of the exec form, each with the way back.
    pub fn exec_words(&self) -> Vec<MappedText> {
        self.form.exec().unwrap_or_default().iter().map(|word| word.value.clone()).collect()
    }
}

impl Prediction {
    /// The value of the variable `name` in the container, if we know it.
    pub fn env_value(&self, name: &str) -> Option<&EnvVar> {
        self.env.get(*self.env_index.get(name)?)
    }

    /// What the container starts, as far as the Dockerfile says it: CMD's words behind ENTRYPOINT's.
    pub fn argv(&self) -> Vec<String> {
        [&self.entrypoint, &self.cmd].into_iter().flatten().flat_map(Command::arguments).collect()
    }

    /// The prediction as the image itself would say it. Only what the Dockerfile tells; a value
    /// that only the build knows is left out.
    pub fn image_configuration(&self) -> Option<ImageConfiguration> {
        let (os, architecture) = self.platform_parts();
        ImageConfigurationBuilder::default()
            .architecture(architecture)
            .os(os)
            .config(self.config()?)
            .rootfs(RootFsBuilder::default().typ("layers").diff_ids(Vec::new()).build().ok()?)
            .build()
            .ok()
    }

    fn platform_parts(&self) -> (Os, Arch) {
        let named = self.platform.as_ref().and_then(|platform| platform.value.as_deref());
        let mut parts = named.unwrap_or("linux/amd64").split('/');
        let os = parts.next().map_or(Os::Linux, Os::from);
        (os, parts.next().map_or(Arch::Amd64, Arch::from))
    }

    fn config(&self) -> Option<Config> {
        let mut config = ConfigBuilder::default();
        let known = |list: &[EnvVar]| -> Vec<(String, String)> {
            let pairs = list.iter().filter_map(|one| Some((one.name.clone(), one.value.clone()?)));
            pairs.collect()
        };
        let ports: Vec<String> = self
            .exposed
            .iter()
            .flat_map(|one| (one.first..=one.last).map(|port| format!("{port}/{}", one.protocol)))
            .collect();
        if !ports.is_empty() {
            config = config.exposed_ports(ports);
        }
        let env = known(&self.env);
        if !env.is_empty() {
            let lines: Vec<String> =
                env.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
            config = config.env(lines);
        }
        if let Some(entrypoint) = &self.entrypoint {
            config = config.entrypoint(entrypoint.arguments());
        }
        if let Some(cmd) = &self.cmd {
            config = config.cmd(cmd.arguments());
        }
        let value = |setting: &Option<Setting>| setting.as_ref().and_then(|one| one.value.clone());
        if let Some(user) = value(&self.user) {
            config = config.user(user);
        }
        if let Some(folder) = value(&self.working_dir) {
            config = config.working_dir(folder);
        }
        if let Some(signal) = value(&self.stop_signal) {
            config = config.stop_signal(signal);
        }
        let volumes: Vec<String> =
            self.volumes.iter().filter_map(|volume| volume.value.clone()).collect();
        if !volumes.is_empty() {
            config = config.volumes(volumes);
        }
        let labels: HashMap<String, String> = known(&self.labels).into_iter().collect();
        if !labels.is_empty() {
            config = config.labels(labels);
        }
        config.build().ok()
    }
}
