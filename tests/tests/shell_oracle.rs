//! Our shell parser beside `brush-parser`, which reads the same language: both accept or both
//! refuse, and both see the same simple commands with the same words.
//!
//! Tried on samples of our own, and on every RUN and every script of the corpus in the folder that
//! `PLIMSOLL_CASES` names.

use std::path::{Path, PathBuf};

use brush_parser::ast::{
    AndOr, AndOrList, Command, CommandPrefixOrSuffixItem, CompoundCommand, CompoundList, Pipeline,
    Program, SimpleCommand,
};
use plimsoll::dockerfile::{self, Body, CommandForm, Instruction, Keyword};
use plimsoll::shell::{self, Part, SubstitutionKind};
use plimsoll::text::MappedText;
use plimsoll_test_support::cases;

/// What a script is read as: the words of each simple command as they are written, those in
/// substitutions left out.
type Reading = Result<Vec<Vec<String>>, String>;

/// Scripts on which the two may differ, by a part of their text, and why ours is right.
const DIFFERENCES: &[(&str, &str)] = &[];

/// At least this much of the corpus must agree without the help of the list above.
const FLOOR: f64 = 0.999;

const SAMPLES: &[&str] = &[
    "apt-get update && apt-get install -y --no-install-recommends curl git && rm -rf /var/lib/apt/lists/*",
    "set -eux; arch=\"$(dpkg --print-architecture)\"; case \"${arch##*-}\" in amd64) url=a ;; arm64|armhf) url=b ;; *) exit 1;; esac; wget -O x.tgz \"$url\"",
    "if [ -f a ]; then b; elif c; then d; else e; fi",
    "while read -r line; do echo \"$line\"; done < list.txt | sort",
    "until curl -f localhost; do sleep 1; done & wait",
    "for x in 1 2 3; do echo $x; done",
    "for ((i = 0; i < 3; i++)); do echo \"$i\"; done",
    "for x; do echo; done",
    "f() { local a=1; g \"$@\" || return 1; }\nf a b",
    "function g { h; }; function i() ( j )",
    "( cd /tmp && make ) || exit 1",
    "{ echo a; echo b; } > out 2>&1",
    "cat <<EOF > a\n$x is not a command\nEOF\necho done",
    "cat <<-'EOF'\n\tif then\n\tEOF\nb",
    "cat <<A; cat <<B\na\nA\nb\nB\nc",
    "grep -q x <<< \"$text\" && echo found",
    "diff <(sort a) <(sort b)",
    "[[ $a == b* && ( -n $c || $d =~ ^(x|y)$ ) ]] && e",
    "(( a + 1 > 2 )) && b",
    "x=$((1 + 2)) y=$(date +%s) z=`uname -m` run",
    "a=(1 2 \"3 4\") b+=(5); echo \"${a[@]}\"",
    "echo ${a:-b c} \"${d:+e}\" ${f#*/} ${g%%.*} ${#h}",
    "echo $'a\\tb' \"a\\\"b\" 'a'\\''b' a\\ b",
    "! grep -q a b; exec c \"$@\"",
    "a |& b || c &> d",
    "# only a comment\n",
    "a \\\n  b \\\n  c",
    "echo a#b # c",
    "case $x in (a) b;; esac",
    "if a; then b",
    "while a; b; done",
    "echo 'a",
    "echo \"a",
    "echo $(a",
    "a && && b",
    "a ; ; b",
    "( a",
    "a )",
    "fi",
    "a && ",
    "| a",
    "echo a(b)",
    "case x in a) b",
    "{ a; ",
    "if a; then fi",
];

fn ours(text: &str) -> Reading {
    let (script, errors) = shell::parse(&MappedText::verbatim(text, 0));
    if let Some(error) = errors.first() {
        return Err(format!("{:?} at {:?}", error.message.text.en, error.span));
    }
    let is_process = |word: &shell::Word| {
        let kinds = word.parts.iter();
        kinds
            .clone()
            .any(|part| matches!(part, Part::Substitution { kind: SubstitutionKind::Process, .. }))
    };
    let commands = script.commands.iter();
    let outside = commands.filter(|one| !one.position.in_substitution && one.name() != Some("[["));
    let words = outside.map(|command| {
        let words = command.words.iter().filter(|word| !is_process(word));
        words.map(|word| plain(&text[word.span.range()])).collect::<Vec<String>>()
    });
    Ok(words.filter(|words| !words.is_empty()).collect())
}

/// Without the joints of lines.
fn plain(word: &str) -> String {
    word.replace("\\\n", "")
}

fn theirs(text: &str) -> Reading {
    let mut parser =
        brush_parser::Parser::new(text.as_bytes(), &brush_parser::ParserOptions::default());
    let program: Program = parser.parse_program().map_err(|error| error.to_string())?;
    let mut found = Vec::new();
    for list in &program.complete_commands {
        compound_list(list, &mut found);
    }
    found.retain(|words| !words.is_empty());
    Ok(found)
}

fn compound_list(list: &CompoundList, found: &mut Vec<Vec<String>>) {
    for item in &list.0 {
        let AndOrList { first, additional } = &item.0;
        pipeline(first, found);
        for AndOr::And(next) | AndOr::Or(next) in additional {
            pipeline(next, found);
        }
    }
}

fn pipeline(pipeline: &Pipeline, found: &mut Vec<Vec<String>>) {
    let before = found.len();
    for one in &pipeline.seq {
        command(one, found);
    }
    if let Some(timed) = &pipeline.timed
        && let Some(Command::Simple(_)) = pipeline.seq.first()
        && let Some(words) = found.get_mut(before)
    {
        if timed.is_posix_output() {
            words.insert(0, "-p".to_owned());
        }
        words.insert(0, "time".to_owned());
    }
}

fn command(command: &Command, found: &mut Vec<Vec<String>>) {
    match command {
        Command::Simple(simple) => found.push(words(simple)),
        Command::Compound(inner, _) => compound(inner, found),
        Command::Function(function) => compound(&function.body.0, found),
        Command::ExtendedTest(..) => {}
    }
}

fn words(simple: &SimpleCommand) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    words.extend(simple.word_or_name.as_ref().map(|word| plain(&word.value)));
    for item in simple.suffix.iter().flat_map(|suffix| &suffix.0) {
        match item {
            CommandPrefixOrSuffixItem::Word(word)
            | CommandPrefixOrSuffixItem::AssignmentWord(_, word) => words.push(plain(&word.value)),
            _ => {}
        }
    }
    words
}

fn compound(compound: &CompoundCommand, found: &mut Vec<Vec<String>>) {
    match compound {
        CompoundCommand::Arithmetic(_) => {}
        CompoundCommand::ArithmeticForClause(one) => compound_list(&one.body.list, found),
        CompoundCommand::BraceGroup(one) => compound_list(&one.list, found),
        CompoundCommand::Subshell(one) => compound_list(&one.list, found),
        CompoundCommand::ForClause(one) => compound_list(&one.body.list, found),
        CompoundCommand::CaseClause(one) => {
            for case in one.cases.iter().filter_map(|case| case.cmd.as_ref()) {
                compound_list(case, found);
            }
        }
        CompoundCommand::IfClause(one) => {
            compound_list(&one.condition, found);
            compound_list(&one.then, found);
            for part in one.elses.iter().flatten() {
                if let Some(condition) = &part.condition {
                    compound_list(condition, found);
                }
                compound_list(&part.body, found);
            }
        }
        CompoundCommand::WhileClause(one) | CompoundCommand::UntilClause(one) => {
            compound_list(&one.0, found);
            compound_list(&one.1.list, found);
        }
        CompoundCommand::Coprocess(one) => command(&one.body, found),
    }
}

fn agree(ours: &Reading, theirs: &Reading) -> bool {
    match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => ours == theirs,
        (ours, theirs) => ours.is_err() && theirs.is_err(),
    }
}

fn difference(text: &str) -> Option<String> {
    let (ours, theirs) = (ours(text), theirs(text));
    if agree(&ours, &theirs) {
        return None;
    }
    let what = match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => {
            let at = ours.iter().zip(theirs).position(|(ours, theirs)| ours != theirs);
            let at = at.unwrap_or(ours.len().min(theirs.len()));
            format!("ours {:?}, theirs {:?}", ours.get(at), theirs.get(at))
        }
        (ours, theirs) => {
            format!("ours {:?}, theirs {:?}", ours.as_ref().err(), theirs.as_ref().err())
        }
    };
    Some(what)
}

/// What RUN hands to a shell.
fn run_text(instruction: &Instruction) -> Option<String> {
    let instruction = match &instruction.body {
        Body::Onbuild(inner) => inner,
        _ => instruction,
    };
    let Body::Command(CommandForm::Shell { text, .. }) = &instruction.body else { return None };
    if instruction.keyword != Keyword::Run {
        return None;
    }
    match &instruction.heredocs[..] {
        [only] if text.text().split_whitespace().count() == 1 => Some(only.body.text().to_owned()),
        heredocs => {
            let mut whole = text.text().to_owned();
            for heredoc in heredocs {
                whole.push('\n');
                whole.push_str(heredoc.body.text());
                whole.push_str(&heredoc.name);
            }
            Some(whole)
        }
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Each script of the corpus, with where it is from.
fn corpus() -> Vec<(String, String)> {
    let mut paths = Vec::new();
    files(&cases::path("corpus"), &mut paths);
    paths.sort();
    let mut scripts = Vec::new();
    for path in paths {
        let is_script = path.extension().is_some_and(|extension| extension == "sh");
        let is_dockerfile = path.parent().is_some_and(|one| one.ends_with("dockerfile/files"));
        if !is_script && !is_dockerfile {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a file of the corpus");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if is_script {
            scripts.push((name, text));
            continue;
        }
        for (index, instruction) in dockerfile::parse(&text).0.instructions.iter().enumerate() {
            let run = run_text(instruction);
            scripts.extend(run.map(|text| (format!("{name}, instruction {index}"), text)));
        }
    }
    scripts
}

#[test]
fn our_samples_are_read_as_brush_reads_them() {
    let differences: Vec<String> = SAMPLES
        .iter()
        .filter_map(|text| Some(format!("{text}\n    {}", difference(text)?)))
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
#[ignore = "needs PLIMSOLL_CASES"]
fn the_corpus_is_read_as_brush_reads_it() {
    let scripts = corpus();
    assert!(scripts.len() > 100, "the corpus holds {} scripts only", scripts.len());
    let differences: Vec<(&str, String)> = scripts
        .iter()
        .filter_map(|(origin, text)| {
            Some((&**text, format!("{origin}\n    {}", difference(text)?)))
        })
        .collect();
    let share = 1.0 - differences.len() as f64 / scripts.len() as f64;
    let is_known = |text: &str| DIFFERENCES.iter().any(|(part, _)| text.contains(part));
    let unknown = differences.iter().filter(|(text, _)| !is_known(text));
    let unknown: Vec<&str> = unknown.map(|(_, what)| &**what).collect();
    assert!(
        unknown.is_empty() && share >= FLOOR,
        "{} of {} scripts differ:\n{}",
        differences.len(),
        scripts.len(),
        unknown.join("\n")
    );
}
