//! BuildKit's own parser cases: syntax trees, shell words, heredocs, ports, git sources.
//!
//! Each tree of ours is printed as BuildKit prints its own and compared as a whole.

use std::fmt::Write;
use std::path::Path;

use plimsoll::dockerfile::{
    Body, CommandForm, Dockerfile, ExecWord, GitRef, Instruction, Keyword, Lookup, PortSpec, Word,
    expand, expand_words, parse, read_marker,
};
use plimsoll::text::{MappedText, Span};
use serde_json::Value;

use super::text;

/// A verdict of one row; `None` where the row says nothing that can be judged.
type Verdict = Option<Result<(), String>>;

/// Cases that cannot be right, each with the reason; they count as disagreeing.
pub const EXPLAINED: &[(&str, &str)] = &[];

/// A Dockerfile and BuildKit's syntax tree of it, or that it has none.
pub(super) fn tree(row: &Value, _: &Path) -> Verdict {
    let source = text(row, "dockerfile")?;
    let (tree, errors) = parse(source);
    // `buildkit_ok` is of the whole reading, a tree of the words alone.
    if row["buildkit_ok"].as_bool() == Some(false) || text(row, "expect_parse_error").is_some() {
        return Some(if errors.is_empty() { Err("it is read".to_owned()) } else { Ok(()) });
    }
    if row["expect_parse_error"].as_bool() == Some(true) {
        return Some(if errors.is_empty() { Err("it is read".to_owned()) } else { Ok(()) });
    }
    let wanted = text(row, "expect_sexp").or_else(|| text(row, "buildkit_sexp"))?;
    let printed = sexp(&tree, source);
    if printed.trim_end() != wanted.trim_end() {
        return Some(Err(difference(wanted.trim_end(), &printed)));
    }
    if let Some(nodes) = row["oracle_nodes"].as_array()
        && let Err(why) = nodes_agree(&tree, source, nodes)
    {
        return Some(Err(why));
    }
    let is_accepted = row["buildkit_ok"].as_bool() == Some(true);
    if is_accepted && let Some(error) = errors.first() {
        return Some(Err(format!("BuildKit reads it: {error:?}")));
    }
    // The tree of words is fine, but an instruction is not.
    if text(row, "oracle_instruction_error").is_some() && errors.is_empty() {
        return Some(Err("an instruction is refused".to_owned()));
    }
    Some(Ok(()))
}

/// A real file with BuildKit's syntax tree.
pub(super) fn corpus(row: &Value, cases: &Path) -> Verdict {
    let path = cases.join("corpus/dockerfile/files").join(text(row, "id")?);
    let source = String::from_utf8_lossy(&std::fs::read(path).ok()?).into_owned();
    let (tree, errors) = parse(&source);
    if row["ok"].as_bool() != Some(true) {
        return Some(if errors.is_empty() { Err("it is read".to_owned()) } else { Ok(()) });
    }
    let printed = sexp(&tree, &source);
    let wanted = text(row, "sexp")?;
    if printed.trim_end() != wanted.trim_end() {
        return Some(Err(difference(wanted, &printed)));
    }
    if let Err(why) = nodes_agree(&tree, &source, row["nodes"].as_array()?) {
        return Some(Err(why));
    }
    if text(row, "escape").is_some_and(|escape| escape != tree.escape.to_string()) {
        return Some(Err("another escape character".to_owned()));
    }
    // BuildKit warns of blank lines inside instructions, each instruction once.
    let warnings = row["warnings"].as_array().map_or(0, Vec::len);
    let blank = tree.instructions.iter().filter(|one| !one.blank_lines.is_empty()).count();
    if warnings != blank {
        return Some(Err(format!("{warnings} warnings wanted, {blank} instructions found")));
    }
    let stages = row["stages"].as_u64().unwrap_or(0);
    if stages != tree.stages.len() as u64 {
        return Some(Err(format!("{stages} stages wanted, {} found", tree.stages.len())));
    }
    let refusal = text(row, "instruction_error").or_else(|| text(row, "error"));
    Some(match (errors.first(), refusal) {
        (Some(error), None) => Err(format!("BuildKit reads it: {error:?}")),
        (None, Some(refusal)) => Err(format!("BuildKit refuses it: {refusal}")),
        _ => Ok(()),
    })
}

/// A word, expanded: text, error, names, or the words that it falls into.
pub(super) fn shell_words(row: &Value, _: &Path) -> Verdict {
    let input = text(row, "input")?;
    // Windows alone; we read as on Linux.
    if text(row, "platform").is_some_and(|platform| platform == "W") {
        return None;
    }
    let env = row["env"].as_object()?;
    let lookup = |name: &str| match env.get(name).and_then(Value::as_str) {
        Some(value) => Lookup::Value { value: value.into(), is_overridable: false },
        None => Lookup::Unset,
    };
    let word = word(input);
    let (expansion, words) = expand_words(&word, '\\', &lookup);
    let must_fail = row["error"].as_bool() == Some(true);
    if must_fail != expansion.error.is_some() {
        return Some(Err(format!("error wanted: {must_fail}, found {:?}", expansion.error)));
    }
    if must_fail {
        return Some(Ok(()));
    }
    if let Some(wanted) = row["expect"].as_array() {
        let wanted: Vec<&str> = wanted.iter().filter_map(Value::as_str).collect();
        let found: Vec<&str> = words.iter().map(MappedText::text).collect();
        return Some(same(&wanted, &found));
    }
    let wanted = text(row, "expect")?;
    if expansion.value() != Some(wanted) {
        return Some(Err(format!("{wanted:?} wanted, found {expansion:?}")));
    }
    let expansion = expand(&word, '\\', &lookup);
    let names = |key: &str| -> Option<Vec<&str>> {
        let mut names: Vec<&str> = row[key].as_array()?.iter().filter_map(Value::as_str).collect();
        names.sort_unstable();
        Some(names)
    };
    let unique = |mut names: Vec<String>| {
        names.sort();
        names.dedup();
        names
    };
    if let (Some(matched), Some(unmatched)) = (names("matched"), names("unmatched")) {
        let found = unique(expansion.matched().map(str::to_owned).collect());
        if found != matched {
            return Some(Err(format!("set: {matched:?} wanted, found {found:?}")));
        }
        let found = unique(expansion.unmatched().map(str::to_owned).collect());
        if found != unmatched {
            return Some(Err(format!("not set: {unmatched:?} wanted, found {found:?}")));
        }
    }
    Some(Ok(()))
}

/// An instruction: that it is refused, or what COPY and RUN get.
pub(super) fn instruction(row: &Value, _: &Path) -> Verdict {
    let source = format!("FROM scratch\n{}", text(row, "dockerfile")?);
    let (tree, errors) = parse(&source);
    if text(row, "expect_error_contains").is_some() {
        return Some(if errors.is_empty() { Err("it is read".to_owned()) } else { Ok(()) });
    }
    if let Some(error) = errors.first() {
        return Some(Err(format!("BuildKit reads it: {error:?}")));
    }
    let instruction = tree.instructions.get(1)?;
    if row["sourcesAndDest"].is_object() {
        return Some(copy_agrees(&row["sourcesAndDest"], instruction));
    }
    let wanted = row["command"].as_array()?;
    let wanted: Vec<&str> = wanted.iter().filter_map(Value::as_str).collect();
    let form = instruction.command()?;
    let found: Vec<&str> = match form {
        CommandForm::Exec(words) => words.iter().map(|word| word.value.text()).collect(),
        CommandForm::Shell { text, .. } => vec![text.text()],
    };
    if let Err(why) = same(&wanted, &found) {
        return Some(Err(why));
    }
    if row["shell"].as_bool().is_some_and(|shell| shell != form.shell().is_some()) {
        return Some(Err("the other form".to_owned()));
    }
    let files = row["files"].as_array().map_or(&[][..], Vec::as_slice);
    let wanted: Vec<String> = files
        .iter()
        .map(|file| format!("{} {} {}", file["Name"], file["Data"], file["Chomp"]))
        .collect();
    let found: Vec<String> = instruction
        .heredocs
        .iter()
        .map(|one| {
            let (name, body) = (Value::from(one.name.as_str()), Value::from(one.body.text()));
            format!("{name} {body} {}", one.chomps)
        })
        .collect();
    Some(same(&wanted, &found))
}

fn copy_agrees(wanted: &Value, instruction: &Instruction) -> Result<(), String> {
    let Body::Copy { sources, destination } = &instruction.body else {
        return Err("no COPY".to_owned());
    };
    let list = |key: &str| wanted[key].as_array().map_or(&[][..], Vec::as_slice);
    let paths: Vec<&str> = list("SourcePaths").iter().filter_map(Value::as_str).collect();
    same(&paths, &sources.iter().map(Word::raw).collect::<Vec<_>>())?;
    if text(wanted, "DestPath") != Some(destination.raw()) {
        return Err(format!("another destination: {}", destination.raw()));
    }
    let contents: Vec<String> = list("SourceContents")
        .iter()
        .map(|one| format!("{} {} {}", one["Path"], one["Data"], one["Expand"]))
        .collect();
    let found: Vec<String> = instruction
        .heredocs
        .iter()
        .map(|one| {
            let body = if one.chomps { chomp(one.body.text()) } else { one.body.text().to_owned() };
            let (name, body) = (Value::from(one.name.as_str()), Value::from(body));
            format!("{name} {body} {}", one.expands)
        })
        .collect();
    same(&contents, &found)
}

/// The lines without their leading tabs.
fn chomp(body: &str) -> String {
    body.split_inclusive('\n').map(|line| line.trim_start_matches('\t')).collect()
}

/// Heredocs of a line or a word, and the words of a line.
pub(super) fn heredoc(row: &Value, _: &Path) -> Verdict {
    let id = text(row, "id")?;
    if let Some(original) = text(row, "Original") {
        let wanted = row["Heredocs"].as_array().map_or(&[][..], Vec::as_slice);
        return Some(heredocs_agree(original, wanted));
    }
    let case = &row["case"];
    if let Some(word) = case.as_str() {
        let found = read_marker(word);
        let is_right = match id.split(':').next().unwrap_or_default().rsplit('/').next()? {
            "not" => found == Ok(None),
            "invalid" => found.is_err(),
            valid => {
                let name = valid.strip_prefix("valid-")?;
                matches!(&found, Ok(Some(marker)) if marker.name == name)
            }
        };
        return Some(if is_right { Ok(()) } else { Err(format!("{found:?}")) });
    }
    if let Some(line) = text(case, "line") {
        let wanted = case["heredocNames"].as_array().map_or(&[][..], Vec::as_slice);
        let wanted: Vec<&str> = wanted.iter().filter_map(Value::as_str).collect();
        let (tree, _) = parse(line);
        let heredocs = tree.instructions.first().map_or(&[][..], |one| &one.heredocs[..]);
        let found: Vec<&str> = heredocs.iter().map(|one| one.name.as_str()).collect();
        return Some(same(&wanted, &found));
    }
    let wanted: Vec<&str> = case["expect"].as_array()?.iter().filter_map(Value::as_str).collect();
    let mut found = Vec::new();
    for input in case["input"].as_array()?.iter().filter_map(Value::as_str) {
        let (tree, _) = parse(&format!("ARG {input}"));
        if let Some(Instruction { body: Body::Args(pairs), .. }) = tree.instructions.first() {
            found.extend(pairs.iter().map(|pair| joined(&pair.name, pair.value.as_ref())));
        }
    }
    Some(same(&wanted, &found.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// Reads the line with the bodies that BuildKit found, as they stand in the file.
fn heredocs_agree(original: &str, wanted: &[Value]) -> Result<(), String> {
    let mut source = format!("{original}\n");
    for one in wanted {
        let _ = writeln!(source, "{}{}", text(one, "Content").unwrap_or_default(), {
            text(one, "Name").unwrap_or_default()
        });
    }
    source.push_str("WORKDIR /behind\n");
    let (tree, _) = parse(&source);
    let instruction = tree.instructions.first().ok_or("no instruction")?;
    let holder = match &instruction.body {
        Body::Onbuild(inner) => inner,
        _ => instruction,
    };
    let expected: Vec<String> = wanted
        .iter()
        .map(|one| {
            format!(
                "{} {} {} {} {}",
                one["Name"], one["Content"], one["Expand"], one["Chomp"], one["FileDescriptor"]
            )
        })
        .collect();
    let found: Vec<String> = holder
        .heredocs
        .iter()
        .map(|one| {
            let (name, body) = (Value::from(one.name.as_str()), Value::from(one.body.text()));
            format!("{name} {body} {} {} {}", one.expands, one.chomps, one.descriptor)
        })
        .collect();
    same(&expected, &found)?;
    let last = tree.instructions.last().map(|one| one.keyword);
    if tree.instructions.len() == 2 && last == Some(Keyword::Workdir) {
        Ok(())
    } else {
        Err("what follows is not read".to_owned())
    }
}

/// A source of ADD as a git repository.
pub(super) fn git_ref(row: &Value, _: &Path) -> Verdict {
    let case = &row["case"];
    let reference = text(case, "ref")?;
    let found = GitRef::parse(reference);
    if let Some(is_git) = case["ok"].as_bool() {
        let wanted = text(case, "expected")?;
        let printed = match &found {
            Ok(Some(found)) => found.fragment_form(false),
            _ => reference.to_owned(),
        };
        // The test says itself whether folders are asked for by what it expects.
        let with_folder = match &found {
            Ok(Some(found)) => found.fragment_form(true),
            _ => reference.to_owned(),
        };
        let asks_folder = case["withSubdir"].as_bool() == Some(true);
        let printed = if asks_folder { with_folder } else { printed };
        let is_same = matches!(found, Ok(Some(_))) == is_git && printed == wanted;
        return Some(if is_same { Ok(()) } else { Err(format!("{printed}: {found:?}")) });
    }
    let refusal = text(case, "err").unwrap_or_default();
    let expected = &case["expected"];
    Some(match (&found, expected.is_object()) {
        (Err(_), false) if !refusal.is_empty() => Ok(()),
        (Ok(None), false) if refusal.is_empty() => Ok(()),
        (Ok(Some(found)), true) => {
            let flag = |value: Option<bool>| value.map_or(Value::Null, Value::from);
            let printed = serde_json::json!({
                "Checksum": found.checksum,
                "FetchByCommit": found.fetches_by_commit,
                "IndistinguishableFromLocal": found.is_like_path,
                "KeepGitDir": flag(found.keeps_git_folder),
                "MTime": found.mtime,
                "Ref": found.reference,
                "Remote": found.remote,
                "ShortName": found.short_name,
                "SubDir": found.folder,
                "Submodules": flag(found.submodules),
                "UnencryptedTCP": found.is_unencrypted,
            });
            let is_same = printed == *expected;
            if is_same { Ok(()) } else { Err(format!("{expected} wanted, found {printed}")) }
        }
        _ => Err(format!("{expected} or an error ({refusal}) wanted, found {found:?}")),
    })
}

/// A word of EXPOSE.
pub(super) fn port(row: &Value, _: &Path) -> Verdict {
    let case = &row["case"];
    let found = PortSpec::read(text(case, "spec")?);
    Some(match (case["expected"].as_array(), &found) {
        (Some(wanted), Ok(spec)) => {
            let wanted: Vec<&str> = wanted.iter().filter_map(Value::as_str).collect();
            let protocol = spec.protocol.to_lowercase();
            let ports = (spec.first..=spec.last).map(|port| format!("{port}/{protocol}"));
            same(&wanted, &ports.collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>())
        }
        (None, Err(_)) => Ok(()),
        _ => Err(format!("{found:?}")),
    })
}

/// Lines and comments of each instruction.
fn nodes_agree(tree: &Dockerfile, source: &str, nodes: &[Value]) -> Result<(), String> {
    if nodes.len() != tree.instructions.len() {
        return Err(format!("{} nodes wanted, {} found", nodes.len(), tree.instructions.len()));
    }
    let starts: Vec<usize> =
        std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line = |offset: u32| starts.partition_point(|&start| start <= offset as usize) as u64;
    for (index, (instruction, node)) in tree.instructions.iter().zip(nodes).enumerate() {
        let found = (line(instruction.span.start), line(instruction.span.end));
        let wanted = (node["start"].as_u64().unwrap_or(0), node["end"].as_u64().unwrap_or(0));
        if found != wanted {
            return Err(format!("node {index}: lines {wanted:?} wanted, found {found:?}"));
        }
        let Some(wanted) = node["comments"].as_array() else { continue };
        let wanted: Vec<&str> = wanted.iter().filter_map(Value::as_str).collect();
        let mut found: Vec<&str> = Vec::new();
        for comment in tree.comments_before(index) {
            // BuildKit cuts off the line's first character, whatever it is.
            let start = starts[line(comment.span.start) as usize - 1];
            let whole = source.get(start..comment.span.end as usize).unwrap_or_default();
            let mut rest = whole.chars();
            rest.next();
            match rest.as_str().trim() {
                "" => found.clear(),
                words => found.push(words),
            }
        }
        same(&wanted, &found).map_err(|why| format!("node {index}, comments: {why}"))?;
    }
    Ok(())
}

fn word(letters: &str) -> Word {
    Word { text: MappedText::verbatim(letters, 0), span: Span::new(0, letters.len()) }
}

fn same<T: PartialEq + std::fmt::Debug>(wanted: &[T], found: &[T]) -> Result<(), String> {
    if wanted == found { Ok(()) } else { Err(format!("{wanted:?} wanted, found {found:?}")) }
}

/// The first line in which two texts differ.
fn difference(wanted: &str, found: &str) -> String {
    let mut lines = found.lines();
    for wanted in wanted.lines() {
        let found = lines.next().unwrap_or_default();
        if wanted != found {
            return format!("{wanted} wanted, found {found}");
        }
    }
    format!("nothing more wanted, found {:?}", lines.next())
}

/// The tree as BuildKit prints its own.
pub fn sexp(tree: &Dockerfile, source: &str) -> String {
    let nodes: Vec<String> =
        tree.instructions.iter().map(|one| format!("({})", node(one, source))).collect();
    nodes.join("\n")
}

fn node(instruction: &Instruction, source: &str) -> String {
    let keyword = source.get(instruction.keyword_span.range()).unwrap_or_default();
    let mut out = keyword.to_lowercase();
    if !instruction.flags.is_empty() {
        let flags: Vec<String> = instruction
            .flags
            .iter()
            .map(|flag| {
                let value = flag.value.as_ref().map(|value| format!("={}", value.raw()));
                quote(&format!("--{}{}", flag.name, value.unwrap_or_default()))
            })
            .collect();
        let _ = write!(out, " [{}]", flags.join(" "));
    }
    if let Body::Onbuild(inner) = &instruction.body {
        let _ = write!(out, " ({})", node(inner, source));
        return out;
    }
    for word in words(instruction) {
        let _ = write!(out, " {}", quote(&word));
    }
    out
}

/// An instruction's words as BuildKit's tree has them.
fn words(instruction: &Instruction) -> Vec<String> {
    let owned = |words: &[ExecWord]| -> Vec<String> {
        words.iter().map(|word| word.value.text().to_owned()).collect()
    };
    let whole = instruction.arguments.text();
    let split = || {
        let parts = whole.split(['\t', '\u{b}', '\u{c}', '\r', ' ']);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let command = |form: &CommandForm| match form {
        CommandForm::Exec(words) => owned(words),
        CommandForm::Shell { text, .. } if text.text().is_empty() => Vec::new(),
        CommandForm::Shell { text, .. } => vec![text.text().to_owned()],
    };
    match &instruction.body {
        Body::Command(form) => command(form),
        Body::Healthcheck(form) => {
            let kind = whole.split(char::is_whitespace).next().unwrap_or_default().to_owned();
            std::iter::once(kind).chain(form.iter().flat_map(command)).collect()
        }
        // BuildKit's list holds the markers of heredocs as well.
        Body::Copy { .. } if !instruction.is_json => split(),
        Body::Copy { sources, destination } => {
            sources.iter().chain([destination]).map(|word| word.raw().to_owned()).collect()
        }
        Body::Pairs { pairs, is_legacy } => {
            let sign = if *is_legacy { "" } else { "=" };
            let part = |word: &Word| word.raw().to_owned();
            let value = |value: &Option<Word>| value.as_ref().map(part).unwrap_or_default();
            let triple = |pair: &plimsoll::dockerfile::Pair| {
                [part(&pair.name), value(&pair.value), sign.to_owned()]
            };
            pairs.iter().flat_map(triple).collect()
        }
        Body::Args(pairs) => {
            pairs.iter().map(|pair| joined(&pair.name, pair.value.as_ref())).collect()
        }
        Body::Words(words) => words.iter().map(|word| word.raw().to_owned()).collect(),
        Body::Text(word) => vec![word.raw().to_owned()],
        Body::From { .. } => split(),
        Body::Broken if instruction.keyword == Keyword::Unknown => vec![String::new()],
        Body::Broken if whole.is_empty() => Vec::new(),
        Body::Broken | Body::Onbuild(_) => {
            let array = |text: &str| serde_json::from_str::<Vec<String>>(text).ok();
            match (instruction.keyword, array(whole)) {
                (Keyword::Healthcheck, _) => {
                    let (kind, rest) = whole.split_once(char::is_whitespace).unwrap_or((whole, ""));
                    let rest = rest.trim_start();
                    let behind = array(rest).unwrap_or_else(|| match rest {
                        "" => Vec::new(),
                        _ => vec![rest.to_owned()],
                    });
                    std::iter::once(kind.to_owned()).chain(behind).collect()
                }
                (_, Some(words)) => words,
                (Keyword::Shell, None) => vec![whole.to_owned()],
                (_, None) => split(),
            }
        }
    }
}

fn joined(name: &Word, value: Option<&Word>) -> String {
    match value {
        Some(value) => format!("{}={}", name.raw(), value.raw()),
        None => name.raw().to_owned(),
    }
}

/// A text in quotes, as Go writes it.
fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{b}' => out.push_str("\\v"),
            _ if character.is_ascii_control() => {
                let _ = write!(out, "\\x{:02x}", u32::from(character));
            }
            _ if is_hidden(character) => {
                let code = u32::from(character);
                let _ = if code > 0xffff {
                    write!(out, "\\U{code:08x}")
                } else {
                    write!(out, "\\u{code:04x}")
                };
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// Whether Go thinks that a character is not to be seen.
fn is_hidden(character: char) -> bool {
    let is_space = character.is_whitespace() && character != ' ';
    let is_format = matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{e000}'..='\u{f8ff}'
    );
    character.is_control() || is_space || is_format
}
