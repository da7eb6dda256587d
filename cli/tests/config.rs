//! plimsoll.toml: what it sets, where it holds, and how it is wrong.

mod program;

use std::path::PathBuf;

use program::{Run, plimsoll};

const DOCKERFILE: &str = "FROM debian:12\nRUN apt update\n";

/// A folder of its own for one test, with these files in it.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder =
        std::env::temp_dir().join(format!("plimsoll-config-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().expect("a file lies in a folder");
        std::fs::create_dir_all(parent).expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }
    folder
}

/// A check of one Dockerfile that calls `apt`, under this configuration.
fn under(name: &str, config: &str, arguments: &[&str]) -> Run {
    let folder = folder(name, &[("plimsoll.toml", config), ("app/Dockerfile", DOCKERFILE)]);
    let arguments: Vec<&str> = ["check", "."].iter().chain(arguments).copied().collect();
    plimsoll(&folder, &arguments, b"")
}

fn speaks(run: &Run) -> bool {
    run.stdout.contains("dockerfile/no-apt")
}

#[test]
fn every_key_has_its_effect() {
    assert!(speaks(&under("none", "", &[])));
    assert!(!speaks(&under("ignore", "ignore = ['DL3027']", &[])));
    assert!(!speaks(&under("select", "select = ['dockerfile/syntax']", &[])));
    assert!(speaks(&under("select-group", "select = ['dockerfile']", &[])));
    assert_eq!(under("fail-on-default", "", &[]).code, 0);
    assert_eq!(under("fail-on", "fail-on = 'warning'", &[]).code, 1);
    let raised = under("severity", "[rules.'dockerfile/no-apt']\nseverity = 'error'", &[]);
    assert!(raised.stdout.contains("error[dockerfile/no-apt]"), "{}", raised.stdout);
    assert_eq!(under("alias", "[rules.DL3027]\nseverity = 'error'", &[]).code, 1);
    let platforms = under("platforms", "platforms = ['eas']", &[]);
    assert!(platforms.stdout.contains("eas "), "{}", platforms.stdout);
    let strict = "# hadolint global ignore=DL3027\nFROM debian:12\nRUN apt update\n";
    let folder = folder("strict", &[("plimsoll.toml", "strict = true"), ("Dockerfile", strict)]);
    let run = plimsoll(&folder, &["check"], b"");
    assert!(run.stdout.contains("dockerfile/no-inline-ignore"), "{}", run.stdout);
}

#[test]
fn a_rule_may_be_ignored_in_the_files_that_a_pattern_names() {
    for (pattern, is_meant) in [
        ("Dockerfile", true),
        ("app/*", true),
        ("**/app/**", true),
        ("app/", true),
        ("*.dockerfile", false),
        ("other/*", false),
    ] {
        let config = format!("[per-file-ignores]\n'{pattern}' = ['DL3027']\n");
        assert_eq!(!speaks(&under("per-file", &config, &[])), is_meant, "{pattern}");
    }
}

#[test]
fn the_command_line_wins() {
    assert!(!speaks(&under("win-ignore", "ignore = []", &["--ignore", "DL3027"])));
    assert!(speaks(&under("win-select", "ignore = ['DL3027']", &["--select", "DL3027"])));
    assert_eq!(under("win-fail", "fail-on = 'warning'", &["--fail-on", "never"]).code, 0);
    assert!(speaks(&under("win-none", "ignore = ['DL3027']", &["--no-config"])));
    let platform = under("win-platform", "platforms = ['eas']", &["--platform", "modelarts"]);
    assert!(!platform.stdout.contains("eas "), "{}", platform.stdout);
}

#[test]
fn the_nearest_file_above_each_document_holds() {
    let folder = folder(
        "nearest",
        &[
            (
                "plimsoll.toml",
                "fail-on = 'warning'\nselect = ['DL3027']\n[rules.DL3027]\nseverity = 'warning'",
            ),
            (
                "a/plimsoll.toml",
                "select = ['DL3027']\nignore = ['DL3027']\n[per-file-ignores]\n'x/*' = ['eas']",
            ),
            ("a/x/Dockerfile", DOCKERFILE),
            ("b/Dockerfile", DOCKERFILE),
        ],
    );
    let run = plimsoll(&folder, &["check", ".", "--format", "json"], b"");
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let paths = |key: &str| -> Vec<&str> {
        report[key].as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap()).collect()
    };
    assert_eq!(paths("documents"), ["a/x/Dockerfile", "b/Dockerfile"]);
    assert_eq!(paths("findings"), ["b/Dockerfile"]);
    assert_eq!(report["summary"]["warnings"], 1);
    assert_eq!(run.code, 1);
    let named = plimsoll(&folder, &["check", "b", "--config", "a/plimsoll.toml"], b"");
    assert!(!speaks(&named), "{}", named.stdout);
    let below = plimsoll(&folder.join("a/x"), &["check", "Dockerfile"], b"");
    assert!(!speaks(&below), "{}", below.stdout);
    let above = plimsoll(&folder.join("a"), &["check", "../b/Dockerfile"], b"");
    assert!(speaks(&above) && above.code == 1, "{}", above.stdout);
    let fixed = plimsoll(&folder, &["fix", "."], b"");
    assert!(fixed.stdout.contains("applied 1 fix in 1 file"), "{}", fixed.stdout);
}

#[test]
fn every_mistake_has_its_place_and_a_suggestion() {
    for (config, place, words) in [
        ("strict = true\nselct = []\n", "plimsoll.toml:2:1", "did you mean `select`?"),
        ("nonsense = 1\n", "plimsoll.toml:1:1", "known keys: platforms, select"),
        ("ignore = ['DL3027', 'eas/port-reservd']", "plimsoll.toml:1:21", "eas/port-reserved"),
        ("ignore = 'DL3027'", "plimsoll.toml:1:10", "`ignore` must be a list of texts"),
        ("ignore = [1]", "plimsoll.toml:1:11", "`ignore` must be a list of texts"),
        ("strict = 'yes'", "plimsoll.toml:1:10", "`strict` must be `true` or `false`"),
        ("platforms = ['esa']", "plimsoll.toml:1:14", "did you mean `eas`?"),
        ("fail-on = 'errors'", "plimsoll.toml:1:11", "known are error, warning, info, never"),
        ("rules = 1", "plimsoll.toml:1:9", "`rules` must be a table"),
        ("[rules.DL3027]\nseverty = 'info'", "plimsoll.toml:2:1", "did you mean `severity`?"),
        ("[rules.DL3027]\nseverity = 'off'", "plimsoll.toml:2:12", "name the rule in `ignore`"),
        ("[rules.'dockerfile/no-atp']\n", "plimsoll.toml:1:8", "did you mean `dockerfile/no-apt`?"),
        ("[per-file-ignores]\n'*' = ['nothing']", "plimsoll.toml:2:8", "unknown rule `nothing`"),
        ("a = [", "plimsoll.toml:1:", "this is no TOML"),
    ] {
        let run = under("mistake", config, &[]);
        assert_eq!(run.code, 2, "{config}: {}", run.stderr);
        assert!(run.stderr.contains(place), "{config}: {}", run.stderr);
        assert!(run.stderr.contains(words), "{config}: {}", run.stderr);
        // Nobody knows how the file was meant to be checked.
        assert!(!speaks(&run), "{config}");
    }
    let run = under("missing", "", &["--config", "no-such.toml"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("no-such.toml: there is no such file"), "{}", run.stderr);
}

#[test]
fn all_mistakes_are_told_at_once_and_other_folders_are_checked() {
    let folder = folder(
        "several",
        &[
            ("a/plimsoll.toml", "one = 1\ntwo = 2"),
            ("a/Dockerfile", DOCKERFILE),
            ("b/Dockerfile", DOCKERFILE),
        ],
    );
    let run = plimsoll(&folder, &["check", "."], b"");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("a/plimsoll.toml:1:1") && run.stderr.contains(":2:1"));
    assert!(run.stdout.contains("b/Dockerfile") && !run.stdout.contains("a/Dockerfile"));
    let chinese = plimsoll(&folder, &["check", ".", "--lang", "zh"], b"");
    assert!(chinese.stderr.contains("未知的键"), "{}", chinese.stderr);
}
