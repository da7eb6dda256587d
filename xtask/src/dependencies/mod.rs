//! What the workspace stands on is what somebody has looked at: licences, crates that are not let
//! in, crates in several versions, crates that nobody keeps, and core's own.
//!
//! A list says each exception and why; an entry that is true of nothing fails as well.

mod graph;
mod licence;
mod list;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;

use self::graph::Graph;
use crate::Failure;
use crate::command::{cargo, line};

/// Compares what cargo tells with the lists.
pub(crate) fn check() -> Result<(), Failure> {
    let graph = Graph::read(&told(&["metadata", "--locked", "--format-version=1"])?)?;
    let tree = told(&[
        "tree",
        "--locked",
        "--package=plimsoll",
        "--target=wasm32-unknown-unknown",
        "--edges=normal,no-proc-macro",
        "--prefix=none",
        "--format={p}",
    ])?;
    let mut wrong = licences(&graph, list::LICENCES);
    wrong.extend(banned(&graph, list::BANNED, list::TOLERATED));
    wrong.extend(duplicates(&graph, list::DUPLICATES));
    wrong.extend(core(&tree, list::CORE_STANDS_ON));
    if wrong.is_empty() {
        println!("{} packages, as the lists have them", graph.packages.len());
        Ok(())
    } else {
        Err(format!("{}\n(the lists: xtask/src/dependencies/list.rs)", wrong.join("\n")).into())
    }
}

fn told(arguments: &[&str]) -> Result<String, Failure> {
    let mut command = cargo(arguments);
    println!("{}", line(&command));
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{} failed: {}", line(&command), output.status).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Packages under other licences than `allowed`, and licences under which none is needed.
fn licences(graph: &Graph, allowed: &[&str]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for package in &graph.packages {
        match licence::chosen(&package.licence, allowed) {
            Some(chosen) => used.extend(chosen),
            None => wrong.push(format!(
                "{} {} has a licence that is not in the list: {:?}",
                package.name, package.version, package.licence
            )),
        }
    }
    let unused = allowed.iter().filter(|one| !used.contains(**one));
    wrong.extend(unused.map(|one| format!("no package needs the licence {one}: take it away")));
    wrong
}

/// Packages that are not let in, but for those that the second list tolerates.
fn banned(graph: &Graph, banned: &[(&str, &str)], tolerated: &[(&str, &str, &str)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, why) in banned {
        let Some(package) = graph.packages.iter().find(|one| one.name == *name) else { continue };
        let by = graph.users(name);
        let known = tolerated.iter().filter(|(known, ..)| known == name);
        let known: BTreeSet<&str> = known.map(|(_, user, _)| *user).collect();
        let strangers: Vec<&str> =
            by.iter().copied().filter(|user| !known.contains(user)).collect();
        if !strangers.is_empty() || known.is_empty() {
            wrong.push(format!(
                "{name} {} is not let in ({why}), and {} uses it",
                package.version,
                strangers.join(", ")
            ));
        }
    }
    for (name, user, _) in tolerated {
        if !banned.iter().any(|(known, _)| known == name) {
            wrong.push(format!("{name} is tolerated, but nothing bans it"));
        } else if !graph.users(name).contains(user) {
            wrong.push(format!("{user} no longer uses {name}: take it from the list"));
        }
    }
    wrong
}

/// Packages in several versions that are not in the list, and those in it that are not.
fn duplicates(graph: &Graph, known: &[(&str, &[&str], &str)]) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in &graph.packages {
        versions.entry(&package.name).or_default().insert(line_of(&package.version));
    }
    versions.retain(|_, versions| versions.len() > 1);
    let mut wrong = Vec::new();
    for (name, found) in &versions {
        let listed = known.iter().find(|(known, ..)| known == name);
        let listed: BTreeSet<&str> =
            listed.iter().flat_map(|(_, versions, _)| versions.iter().copied()).collect();
        if *found != listed {
            wrong.push(format!("{name} is there in {found:?}, and the list says {listed:?}"));
        }
    }
    for (name, ..) in known.iter().filter(|(name, ..)| !versions.contains_key(name)) {
        wrong.push(format!("{name} is there in one version: take it from the list"));
    }
    wrong
}

/// The part of a version within which cargo takes one for another: `1` of 1.2.3, `0.4` of 0.4.2.
fn line_of(version: &str) -> &str {
    let end =
        |count: usize| version.match_indices('.').nth(count).map_or(version.len(), |(at, _)| at);
    if version.starts_with("0.") { &version[..end(1)] } else { &version[..end(0)] }
}

/// What core stands on in `tree`, one package a line, and the list does not say, or no longer.
fn core(tree: &str, known: &[&str]) -> Vec<String> {
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    let names: BTreeSet<&str> = names.filter(|name| !name.is_empty()).collect();
    let known: BTreeSet<&str> = known.iter().copied().collect();
    let new = names.difference(&known).map(|name| format!("core stands on {name} now"));
    let gone = known.difference(&names);
    new.chain(gone.map(|name| format!("core no longer stands on {name}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::graph::Package;
    use super::*;

    fn graph(packages: &[(&str, &str, &str)], uses: &[(&str, &str)]) -> Graph {
        let packages = packages.iter().map(|&(name, version, licence)| Package {
            name: name.to_owned(),
            version: version.to_owned(),
            licence: licence.to_owned(),
        });
        let uses = uses.iter().map(|&(user, used)| (user.to_owned(), used.to_owned()));
        Graph { packages: packages.collect(), uses: uses.collect() }
    }

    #[test]
    fn a_licence_must_be_in_the_list_and_the_list_be_needed() {
        let graph = graph(&[("a", "1.0.0", "MIT"), ("b", "1.0.0", "GPL-3.0-only")], &[]);
        assert_eq!(
            licences(&graph, &["MIT", "Zlib"]),
            [
                "b 1.0.0 has a licence that is not in the list: \"GPL-3.0-only\"",
                "no package needs the licence Zlib: take it away"
            ]
        );
    }

    #[test]
    fn what_is_banned_comes_only_by_those_that_the_list_names() {
        let graph = graph(&[("tokio", "1.0.0", "MIT")], &[("yew", "tokio"), ("ours", "tokio")]);
        let bans = [("tokio", "network")];
        let both = [("tokio", "yew", "its tree"), ("tokio", "ours", "our own")];
        assert_eq!(banned(&graph, &bans, &both), [""; 0]);
        let one = banned(&graph, &bans, &both[..1]);
        assert_eq!(one, ["tokio 1.0.0 is not let in (network), and ours uses it"]);
        let stale = [both[0], both[1], ("tokio", "gloo", "gone"), ("mio", "yew", "unbanned")];
        assert_eq!(
            banned(&graph, &bans, &stale),
            [
                "gloo no longer uses tokio: take it from the list",
                "mio is tolerated, but nothing bans it"
            ]
        );
    }

    #[test]
    fn several_versions_are_in_the_list_or_wrong() {
        let packages = [("syn", "1.0.9", ""), ("syn", "2.1.0", ""), ("syn", "2.0.0", "")];
        let graph = graph(&packages, &[]);
        assert_eq!(duplicates(&graph, &[("syn", &["1", "2"], "macros")]), [""; 0]);
        assert_eq!(
            duplicates(&graph, &[("syn", &["1"], "macros"), ("rand", &["1", "2"], "gone")]),
            [
                "syn is there in {\"1\", \"2\"}, and the list says {\"1\"}",
                "rand is there in one version: take it from the list"
            ]
        );
        assert_eq!([line_of("0.4.12"), line_of("12.3.4"), line_of("0.4")], ["0.4", "12", "0.4"]);
    }

    #[test]
    fn what_core_stands_on_is_the_list() {
        let tree = "plimsoll v0.1.0 (/w/core)\nserde v1.0.0\n\nserde v1.0.0 (*)\nrand v0.9.0\n";
        assert_eq!(
            core(tree, &["plimsoll", "serde", "sha2"]),
            ["core stands on rand now", "core no longer stands on sha2"]
        );
    }
}
