//! No output of a command shows a secret of a document.

mod program;

use std::path::Path;

use program::plimsoll;

/// The outputs of `check` and `fix --diff` on `text`, read from standard input.
fn outputs(kind: &str, text: &str) -> Vec<String> {
    let arguments: [&[&str]; 4] = [
        &["check", "--format", "text", "--strict"],
        &["check", "--format", "text", "--lang", "zh"],
        &["check", "--format", "json", "--strict"],
        &["fix", "--diff", "--unsafe", "--strict"],
    ];
    let run = |arguments: &[&str]| {
        let mut all = arguments.to_vec();
        all.extend(["-", "--kind", kind, "--no-config"]);
        let run = plimsoll(Path::new("."), &all, text.as_bytes());
        format!("{}{}", run.stdout, run.stderr)
    };
    arguments.iter().map(|one| run(one)).collect()
}

#[test]
fn no_output_shows_a_secret() {
    const SECRET: &str = "zq7,Xw&K";
    let dockerfile = |line: &str| ("dockerfile", format!("FROM debian\nMAINTAINER x\n{line}\n"));
    let documents = [
        dockerfile("ENV DB_PASSWORD zq7,Xw&K"),
        dockerfile("ENV DB_PASS=zq7,Xw&K"),
        dockerfile("LABEL a.password zq7,Xw&K"),
        dockerfile("WORKDIR x${API_TOKEN:-zq7,Xw&K}"),
        dockerfile("ARG TOKEN=zq7,Xw&K\nWORKDIR x$TOKEN\nUSER $TOKEN"),
        dockerfile("CMD redis-server --requirepass 'zq7,Xw&K'"),
        dockerfile("CMD redis-server --requirepass zq7,Xw\\&K"),
        dockerfile("ADD https://zq7,Xw&K@github.com/a/b.tgz /"),
        dockerfile("RUN cd /x; curl -H 'Authorization: Bearer zq7,Xw&K' http://h"),
        dockerfile("RUN mysql -p'zq7,Xw&K' db | cat"),
        ("eas-service", r#"{"metadata":{},"dockerAuth":["zq7,Xw&K"]}"#.to_owned()),
        (
            "eas-service",
            r#"{"metadata":{},"containers":[{"env":[{"value":"zq7,Xw&K","name":"DB_PASS\u0057ORD"}]}]}"#
                .to_owned(),
        ),
        (
            "kubernetes",
            "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - env:\n    - name: DB_PASS\n      value: zq7,Xw&K\n"
                .to_owned(),
        ),
        (
            "ros-template",
            "ROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Foo: {Type: Strng, NoEcho: true, Default: \"zq7,Xw&K\"}\n"
                .to_owned(),
        ),
        ("shell", "#!/bin/sh\nexport DB_PASS='zq7,Xw&K'\ngunicorn $DB_PASS\n".to_owned()),
    ];
    for (kind, text) in &documents {
        assert!(text.contains(SECRET) || text.contains("zq7,Xw\\&K"), "{text}");
        for shown in outputs(kind, text) {
            assert!(!shown.contains("zq7") && !shown.contains("Xw"), "{text}\n{shown}");
        }
    }
}

#[test]
fn a_mask_stays_on_its_line_so_that_a_diff_applies() {
    let text = "FROM debian:12\nARG TOKEN\nRUN apt install -y foo\n";
    let arguments = ["fix", "--diff", "-", "--kind", "dockerfile", "--no-config"];
    let diff = plimsoll(Path::new("."), &arguments, text.as_bytes()).stdout;
    assert!(diff.contains("-RUN apt install") && diff.contains("+RUN apt-get install"), "{diff}");
    assert!(diff.contains(" ARG TOKEN\n") && !diff.contains('•'), "{diff}");
}

#[test]
fn a_place_in_a_secret_points_at_the_mask() {
    let shown = &outputs("dockerfile", "FROM a:1\nENV DB_PASSWORD=zq7XwK8p\n")[0];
    assert!(shown.contains("2 | ENV DB_PASSWORD=••••\n"), "{shown}");
    assert!(shown.contains("                 ^^^^\n"), "{shown}");
}
