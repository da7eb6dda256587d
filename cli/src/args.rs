//! The command line: every option in one place, with its help.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args as ClapArgs, ColorChoice, CommandFactory, Parser, Subcommand, ValueEnum};
use plimsoll::credential::Form;
use plimsoll::fact::Target;
use plimsoll::text::Lang;
use plimsoll::{Kind, Selector, UnknownRule};

use crate::output::{Outcome, Output};

/// Shows whether a container image is safe to ship to a cloud platform, before anything is pushed.
///
/// Reads Dockerfiles, deployment documents (service JSON, config.json, ECI requests, ROS templates,
/// Kubernetes and Compose files) and image archives on this machine. Nothing is ever sent anywhere.
#[derive(Parser, Debug)]
#[command(name = "plimsoll", version, styles = STYLES, arg_required_else_help = true)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colour; NO_COLOR is honoured.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,

    /// Language of messages; the default follows LC_ALL and LANG.
    #[arg(long, global = true, value_name = "LANG", value_enum)]
    lang: Option<LangName>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LangName {
    En,
    Zh,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Check files and folders.
    Check(Check),
    /// Apply fixes.
    Fix(Fix),
    /// Encode and decode registry credentials.
    #[command(subcommand)]
    Auth(Auth),
    /// Say what an image archive or the folder of an OCI layout holds.
    #[command(subcommand)]
    Image(Image),
    /// Write a platform's files from what the project already says.
    Init(Init),
    /// Explain a rule: its reason, examples and sources.
    Explain(Explain),
    /// List all rules.
    Rules(Rules),
    /// Print the JSON Schema of a kind of document, for editors.
    Schema(Schema),
}

/// What is checked, and for which platforms.
#[derive(ClapArgs, Debug)]
pub(crate) struct Selection {
    /// Files and folders; `-` reads standard input.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,

    /// Platforms to check for [default: those that the documents name].
    ///
    /// One of eas, eci, compute-nest, modelarts and modelarts:PROFILE (real-time, batch, training,
    /// notebook); several with commas.
    #[arg(long = "platform", short = 'p', value_name = "PLATFORM", value_delimiter = ',', value_parser = parse_target)]
    pub(crate) platforms: Vec<Target>,

    /// Kind of the documents, whatever their names and contents say.
    #[arg(long, value_name = "KIND", value_parser = parse_kind)]
    pub(crate) kind: Option<Kind>,

    /// Name to give to standard input.
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_filename: Option<String>,

    /// Run only these rules or groups, whatever the configuration selects or ignores.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = parse_selector)]
    pub(crate) select: Vec<Selector>,

    /// Do not run these rules or groups, nor those that the configuration ignores.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = parse_selector)]
    pub(crate) ignore: Vec<Selector>,

    /// Run the strict rules as well.
    #[arg(long)]
    pub(crate) strict: bool,

    /// Configuration for all files [default: the plimsoll.toml nearest above each file].
    ///
    /// The search ends at the root of the file's repository (.git, .hg, .jj), else at the home
    /// folder; outside of both, before a folder that is another user's or that anyone may write to.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Look for no configuration.
    #[arg(long, conflicts_with = "config")]
    pub(crate) no_config: bool,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) selection: Selection,

    /// How to print what is found.
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub(crate) format: Format,

    /// Write the report to a file instead of standard output (`-`); without colour, unless
    /// `--color always` asks for it.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Exit with 1 if there is a finding at least as bad [default: error].
    #[arg(long, value_name = "SEVERITY", value_enum)]
    pub(crate) fail_on: Option<FailOn>,

    /// Print only the findings, no summary.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For an issue, a review or the summary of a job.
    Markdown,
    /// One file that needs nothing else and prints well.
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InspectFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Fix {
    #[command(flatten)]
    pub(crate) selection: Selection,

    /// Apply fixes that need a human eye, too.
    #[arg(long = "unsafe")]
    pub(crate) risky: bool,

    /// Print what would change and write nothing: a patch, in which secrets are covered.
    ///
    /// A patch with something covered does not apply; that is told, and the exit code is 2.
    #[arg(long)]
    pub(crate) diff: bool,

    /// Show the secrets in a diff, so that it applies.
    #[arg(long, requires = "diff")]
    pub(crate) reveal: bool,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Image {
    /// Print platforms, layers, sizes and configuration of an archive or OCI layout.
    ///
    /// Reads `docker save` output and OCI layouts (tar archive or folder), compressed or not.
    Inspect(Inspect),
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Inspect {
    /// The archive (a file: a pipe cannot be read twice), or the folder of an OCI layout.
    #[arg(value_name = "FILE|FOLDER")]
    pub(crate) file: PathBuf,

    /// Read manifests, configurations and headers only.
    #[arg(long)]
    pub(crate) quick: bool,

    /// How to print what is found.
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub(crate) format: InspectFormat,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Init {
    /// One of eas, eci, compute-nest, modelarts and modelarts:PROFILE (real-time, batch, training,
    /// notebook).
    #[arg(value_name = "PLATFORM", value_parser = parse_target)]
    pub(crate) target: Target,

    /// Folder of the service.
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: PathBuf,

    /// Overwrite files that are there already.
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Schema {
    /// Kind of document: eas-service, eci-request, ros-template, computenest-config,
    /// modelarts-config or modelarts-service.
    #[arg(value_name = "KIND", value_parser = parse_kind)]
    pub(crate) kind: Kind,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Auth {
    /// Write a username and a password in the form that a platform wants.
    ///
    /// The password is read from a prompt that does not show it, or from standard input; never from
    /// an argument. The forms ros and docker-login hold no password and ask for none.
    Encode(Encode),
    /// Say what a credential holds, in whatever form; reads standard input unless a file is named.
    ///
    /// Reads a dockerAuth alone or in its service, docker's config.json and .dockercfg, all
    /// Kubernetes Secrets of a manifest, the ImageRegistryCredential of ECI requests, Terraform's
    /// JSON and ROS templates, and docker login commands. The password is shown with --reveal only.
    Decode(Decode),
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Encode {
    /// Username of the registry (all forms but ros, where it is what the template offers).
    #[arg(long, short, value_name = "NAME")]
    pub(crate) username: Option<String>,

    /// Read the password from standard input (one trailing line end is dropped).
    #[arg(long)]
    pub(crate) password_stdin: bool,

    /// What to encode for: eas, docker-config, kubernetes, eci, ros, docker-login.
    ///
    /// eas: the dockerAuth of PAI-EAS. docker-config: docker's config.json. kubernetes: an image pull
    /// Secret. eci: the ImageRegistryCredential of a request. ros: the same in a template, with
    /// NoEcho parameters in the place of secrets. docker-login: the command, without the password.
    #[arg(long = "as", value_name = "FORM", value_parser = parse_form, default_value = "eas")]
    pub(crate) form: Form,

    /// How to spell it: as people write it most often (the bare value, lines, YAML), or as JSON.
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub(crate) format: EncodeFormat,

    /// Host of the registry (all forms but eas; docker-login without one is for Docker Hub).
    #[arg(long, value_name = "HOST")]
    pub(crate) registry: Option<String>,

    /// Name of the Kubernetes Secret.
    #[arg(long, value_name = "NAME", default_value = "registry-credential")]
    pub(crate) name: String,

    /// Namespace of the Kubernetes Secret.
    #[arg(long, value_name = "NAMESPACE")]
    pub(crate) namespace: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EncodeFormat {
    /// The bare value, lines, YAML or a command.
    Text,
    /// JSON.
    Json,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Decode {
    /// File that holds the credential [default: standard input].
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,

    /// Form of the credential, as in `auth encode` [default: told from the text].
    #[arg(long = "as", value_name = "FORM", value_parser = parse_form)]
    pub(crate) form: Option<Form>,

    /// Show the password.
    #[arg(long)]
    pub(crate) reveal: bool,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Explain {
    /// A rule's id or alias, such as eas/port-reserved.
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Rules {
    /// How to print the list.
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub(crate) format: RulesFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RulesFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For documents.
    Markdown,
}

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

impl Args {
    /// The language of messages.
    pub(crate) fn lang(&self) -> Lang {
        match self.lang {
            Some(LangName::En) => Lang::En,
            Some(LangName::Zh) => Lang::Zh,
            None => lang_of_environment(),
        }
    }
}

fn lang_of_environment() -> Lang {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| Lang::from_tag(&value))
        .unwrap_or_default()
}

/// What is said instead of doing anything: help, the version, what is wrong with the usage.
pub(crate) struct Said {
    text: String,
    is_mistake: bool,
}

impl Said {
    /// Says it.
    pub(crate) fn say(&self) -> Outcome {
        let output = Output::new(Lang::En, ColorChoice::Auto);
        if self.is_mistake {
            output.complain(&self.text);
            return Outcome::Trouble;
        }
        output.print(&self.text);
        output.outcome(Outcome::Good)
    }
}

/// Reads the command line.
pub(crate) fn parse() -> Result<Args, Said> {
    Args::try_parse().map_err(|error| {
        // No arguments at all is a question, not a mistake.
        if std::env::args_os().len() <= 1 {
            let help = Args::command().render_help().ansi().to_string();
            return Said { text: help, is_mistake: false };
        }
        Said { text: error.render().ansi().to_string(), is_mistake: error.use_stderr() }
    })
}

pub(crate) fn parse_target(name: &str) -> Result<Target, String> {
    use plimsoll::fact::TargetError;
    Target::parse(name).map_err(|error| match &error {
        TargetError::Platform { nearest: Some(near), .. } => {
            format!("{error}; did you mean `{near}`?")
        }
        TargetError::Platform { nearest: None, .. } => {
            format!("{error}; known are {}", Target::NAMES.join(", "))
        }
        TargetError::Profile { known, .. } if known.is_empty() => error.to_string(),
        TargetError::Profile { known, .. } => format!("{error}; it has {}", known.join(", ")),
    })
}

fn parse_kind(name: &str) -> Result<Kind, String> {
    let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    Kind::from_id(name).ok_or_else(|| {
        let near = plimsoll::text::nearest(name, known.iter().copied());
        match near {
            Some(near) => format!("unknown kind `{name}`; did you mean `{near}`?"),
            None => format!("unknown kind `{name}`; known are {}", known.join(", ")),
        }
    })
}

fn parse_form(name: &str) -> Result<Form, String> {
    Form::from_id(name).ok_or_else(|| {
        let known = Form::ALL.map(Form::id);
        match plimsoll::text::nearest(name, known) {
            Some(near) => format!("unknown form `{name}`; did you mean `{near}`?"),
            None => format!("unknown form `{name}`; known are {}", known.join(", ")),
        }
    })
}

pub(crate) fn parse_selector(name: &str) -> Result<Selector, String> {
    Selector::parse(name).map_err(|error| unknown_rule(&error))
}

/// An unknown rule as a sentence with its nearest neighbour.
pub(crate) fn unknown_rule(error: &UnknownRule) -> String {
    match error.nearest() {
        Some(near) => format!("{error}; did you mean `{near}`?"),
        None => format!("{error}; `plimsoll rules` lists them all"),
    }
}
