//! Texts that grow, each in one way: what `n` more of one thing costs. A row is one line of
//! [`ROWS`] and one function from a size in bytes to a project.

use plimsoll::rule::Safety;
use plimsoll::{Project, Settings, check, fix, redact};

/// One way to grow.
pub(crate) struct Row {
    /// What there is more and more of.
    pub(crate) name: &'static str,
    /// The documents, of about so many bytes in all.
    pub(crate) of: Of,
    /// What is done with them.
    pub(crate) run: Run,
}

/// The documents of a row.
#[derive(Clone, Copy)]
pub(crate) enum Of {
    /// One of this name.
    One(&'static str, fn(usize) -> String),
    /// Several: paths and texts.
    #[allow(dead_code, reason = "for rows to come")]
    Many(fn(usize) -> Vec<(String, String)>),
}

/// What is done with a row's documents.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Run {
    /// `check`, and the report as JSON.
    Check,
    /// `fix`, the risky ones too.
    Fix,
    /// `redact` of each text.
    Redact,
}

impl Row {
    /// The documents, of about `size` bytes in all: paths and texts.
    pub(crate) fn files(&self, size: usize) -> Vec<(String, String)> {
        match self.of {
            Of::One(path, text) => vec![(path.to_owned(), text(size))],
            Of::Many(files) => files(size),
        }
    }

    /// Does it once; the length of what comes out, so that nothing is left undone.
    pub(crate) fn run(&self, files: &[(String, String)]) -> usize {
        if let Run::Redact = self.run {
            return files.iter().map(|(_, text)| redact(text).len()).sum();
        }
        let (project, _) =
            Project::from_files(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let settings = Settings::default();
        match self.run {
            Run::Fix => fix(&project, &settings, Safety::Unsafe).applied.len(),
            Run::Check | Run::Redact => {
                let report = check(&project, &settings);
                plimsoll::report::json::write(&report).len()
            }
        }
    }
}

/// Every row, in the order of the table that it prints.
pub(crate) const ROWS: &[Row] = &[
    dockerfile("ENV A1=$A0b", |n| {
        lines(n, "FROM a:1\nENV A0=a\n", |i| format!("ENV A{}=$A{i}b\n", i + 1))
    }),
    dockerfile("ENV A=… used in LABEL", |n| {
        lines(n, &format!("FROM a:1\nENV A={}\n", "b".repeat(60_000)), |_| {
            "LABEL a=$A\n".to_owned()
        })
    }),
    dockerfile("stages from the one before, each with an ENV", |n| {
        lines(n, "", |i| format!("FROM s{i} AS s{}\nENV A{i}=b\n", i + 1))
    }),
    dockerfile("stages from one with many ENV", |n| {
        let first = lines(n / 2, "FROM a:1 AS s0\n", |i| format!("ENV A{i}=b\n"));
        lines(n, &first, |i| format!("FROM s0\nENV B{i}=$A{i}\n"))
    }),
    dockerfile("COPY --from the stage before", |n| {
        lines(n, "", |i| format!("FROM alpine:3.20 AS s{}\nCOPY --from=s{i} /a /b\n", i + 1))
    }),
    dockerfile("COPY --from a misspelt stage", |n| {
        lines(n, "", |i| format!("FROM alpine:3.20 AS stage{}\nCOPY --from=stag{i} /a /b\n", i + 1))
    }),
    dockerfile("stages of an undefined variable", |n| lines(n, "", |_| "FROM $A\n".to_owned())),
    dockerfile("stages of one name", |n| lines(n, "", |_| "FROM a AS b\n".to_owned())),
    dockerfile("a comment that silences, and its RUN", |n| {
        lines(n, "FROM a:1\n", |_| "# plimsoll ignore=dockerfile/sudo\nRUN sudo a\n".to_owned())
    }),
    dockerfile("a comment for hadolint that silences nothing", |n| {
        lines(n, "FROM a:1\n", |_| "# hadolint ignore=DL3008\nRUN a\n".to_owned())
    }),
    dockerfile("ONBUILD RUN apt-get", |n| {
        lines(n, "FROM a:1\n", |_| "ONBUILD RUN apt-get install -y a\n".to_owned())
    }),
    dockerfile("one RUN of many &&", |n| lines(n, "FROM a:1\nRUN a", |_| " && a".to_owned())),
    dockerfile("undefined variables with near names", |n| {
        let env = lines(n / 2, "FROM alpine:3.20\n", |i| format!("ENV VARIABLE_{i}=b\n"));
        lines(n, &env, |i| format!("WORKDIR /$VARIABLES_{i}\n"))
    }),
    dockerfile("pairs of one ENV that use one another", |n| {
        lines(n, "FROM a:1\nENV", |i| format!(" A{}=$A{i}", i + 1))
    }),
    dockerfile("WORKDIR a", |n| lines(n, "FROM a:1\nWORKDIR /\n", |_| "WORKDIR a\n".to_owned())),
    dockerfile("CMD that doubles a value", |n| {
        lines(n, "FROM a:1\nCMD A0=ab", |i| format!(";A{}=$A{i}$A{i}", i + 1))
    }),
    dockerfile("COPY for a user", |n| {
        lines(n, "FROM a:1\n", |i| format!("USER u{i}\nCOPY a{i} /b\n"))
    }),
    dockerfile("empty lines in a RUN that goes on", |n| {
        lines(n, "FROM a:1\nRUN a \\\n", |_| "\n".to_owned())
    }),
    dockerfile("lines of A", |n| lines(n, "", |_| "A\n".to_owned())),
    script("lines of A, in a script", |n| lines(n, "", |_| "A\n".to_owned())),
    script("A1=$A0$A0", |n| lines(n, "A0=ab\n", |i| format!("A{}=$A{i}$A{i}\n", i + 1))),
    script("functions that call on", |n| {
        lines(n, "f0() { gunicorn -b :80 a; }\n", |i| format!("f{}() {{ f{i}; }}\n", i + 1))
    }),
    script("functions, each called", |n| {
        let functions = lines(n / 2, "", |i| format!("f{i}() {{ gunicorn -b :80 a; }}\n"));
        lines(n, &functions, |i| format!("f{i}\n"))
    }),
    script("a long value for many words", |n| {
        lines(n, &format!("A={}\ngunicorn", "b".repeat(60_000)), |_| " $A".to_owned())
    }),
    script("quotes that never end", |n| lines(n, "", |_| "a '\n".to_owned())),
    script("heredocs that never end", |n| lines(n, "", |i| format!("a <<E{i}\n"))),
    script("case in case", |n| lines(n, "", |_| "case a in b)".to_owned())),
    eas("containers that lack all", |n| list(n, EAS, "{}", "]}")),
    eas("unknown keys", |n| {
        members(n, r#"{"metadata":{"name":"a"},"containers":[{"image":"a:1"}],"#, |i| {
            format!(r#""prot{i}":1"#)
        })
    }),
    eas("keys near to known ones", |n| {
        members(n, r#"{"containers":[{"image":"a:1"}],"#, |i| format!(r#""metadat{i}":1"#))
    }),
    eas("one key again and again", |n| {
        members(n, r#"{"metadata":{"name":"a"},"containers":[{"image":"a:1"}],"#, |_| {
            r#""a":1"#.to_owned()
        })
    }),
    eas("dotted keys", |n| {
        members(n, r#"{"metadata":{"name":"a"},"containers":[{"image":"a:1"}],"#, |i| {
            format!(r#""metadata.a{i}":1"#)
        })
    }),
    request("parameters of containers", |n| {
        lines(n, "RegionId=a\n", |i| format!("Container.{i}.Image=a\nContainer.{i}.Name=b\n"))
    }),
    fixed("apt install, mended", |n| lines(n, "FROM a:1\n", |_| "RUN apt install a\n".to_owned())),
    fixed("empty lines in a RUN that goes on, mended", |n| {
        lines(n, "FROM a:1\nRUN a \\\n", |_| "\n".to_owned())
    }),
    redacted("questions for a password", |n| lines(n, "", |_| "assword: (".to_owned())),
    redacted("calls that never end", |n| lines(n, "", |_| "auth('".to_owned())),
    redacted("calls whose escaped quotes never end", |n| lines(n, "", |_| "crypt(\\'".to_owned())),
    redacted("keys of addresses", |n| lines(n, "http://a/", |_| "?key=".to_owned())),
    redacted("logins that are written to files", |n| {
        lines(n, "chpasswd < f\n", |_| "echo a:b > f\n".to_owned())
    }),
    template("references that nothing declares", |n| {
        lines(n, &format!("{ROS}Resources:\n"), |i| {
            format!("  R{i}: {{Type: a, Properties: {{A: {{Ref: P{i}}}}}}}\n")
        })
    }),
    template("resources with YamlContent", |n| {
        lines(n, &format!("{ROS}Resources:\n"), |i| {
            format!(
                "  R{i}:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      YamlContent: |\n        apiVersion: v1\n        kind: Pod\n        metadata: {{name: a{i}}}\n        spec: {{imagePullSecrets: [{{name: s{i}}}], containers: [{{name: a, image: 'a:1'}}]}}\n"
            )
        })
    }),
    template("? a", |n| lines(n, ROS, |_| "? a\n".to_owned())),
    kubernetes("a Secret and what pulls with it", |n| {
        lines(n, "", |i| {
            format!(
                "---\napiVersion: v1\nkind: Secret\nmetadata: {{name: s{i}}}\ntype: kubernetes.io/dockerconfigjson\ndata: {{.dockerconfigjson: e30=}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p{i}}}\nspec: {{imagePullSecrets: [{{name: s{i}}}], containers: [{{name: a, image: 'a:1'}}]}}\n"
            )
        })
    }),
];

/// The first line of a template.
const ROS: &str = "ROSTemplateFormatVersion: '2015-09-01'\n";

/// The beginning of a service, up to its first container.
const EAS: &str = r#"{"metadata":{"name":"a","instance":1},"containers":["#;

const fn eas(name: &'static str, text: fn(usize) -> String) -> Row {
    Row { name, of: Of::One("service.json", text), run: Run::Check }
}

const fn request(name: &'static str, text: fn(usize) -> String) -> Row {
    Row { name, of: Of::One("eci-request.txt", text), run: Run::Check }
}

const fn fixed(name: &'static str, text: fn(usize) -> String) -> Row {
    Row { name, of: Of::One("Dockerfile", text), run: Run::Fix }
}

const fn redacted(name: &'static str, text: fn(usize) -> String) -> Row {
    Row { name, of: Of::One("run.sh", text), run: Run::Redact }
}

const fn template(name: &'static str, text: fn(usize) -> String) -> Row {
    Row { name, of: Of::One("template.yaml", text), run: Run::Check }
}

const fn kubernetes(name: &'static str, text: fn(usize) -> String) -> Row {
    Row { name, of: Of::One("objects.yaml", text), run: Run::Check }
}

const fn dockerfile(name: &'static str, text: fn(usize) -> String) -> Row {
    Row { name, of: Of::One("Dockerfile", text), run: Run::Check }
}

const fn script(name: &'static str, text: fn(usize) -> String) -> Row {
    Row { name, of: Of::One("run.sh", text), run: Run::Check }
}

/// `first`, then `line` of 0, 1, 2 … until there are `size` bytes.
fn lines(size: usize, first: &str, line: impl Fn(usize) -> String) -> String {
    let mut text = first.to_owned();
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&line(number));
    }
    text.push('\n');
    text
}

/// `first`, then `item` again and again until there are `size` bytes, then `last`.
fn list(size: usize, first: &str, item: &str, last: &str) -> String {
    let count = (size / (item.len() + 1)).max(1);
    format!("{first}{}{last}", vec![item; count].join(","))
}

/// `first`, which opens an object, then `member` of 0, 1, 2 … until there are `size` bytes.
fn members(size: usize, first: &str, member: impl Fn(usize) -> String) -> String {
    let mut text = first.to_owned();
    for number in 0.. {
        text.push_str(&member(number));
        if text.len() >= size {
            break;
        }
        text.push(',');
    }
    text.push('}');
    text
}
