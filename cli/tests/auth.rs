//! Credentials in every form, there and back, and what the program says of them: never the secret.

mod program;

use plimsoll::credential::{Entry, Form, Format, Login, Secret};
use plimsoll::text::Lang;
use plimsoll_test_support::workspace;

use program::{Run, plimsoll};

const PASSWORD: &str = "hunter2-hunter2";

fn decode(text: &str, arguments: &[&str]) -> Run {
    let all: Vec<&str> = ["auth", "decode"].iter().chain(arguments).copied().collect();
    plimsoll(workspace(), &all, text.as_bytes())
}

fn encode(arguments: &[&str]) -> Run {
    let all: Vec<&str> = ["auth", "encode"].iter().chain(arguments).copied().collect();
    plimsoll(workspace(), &all, PASSWORD.as_bytes())
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn text(&mut self, letters: &[char], most: usize) -> String {
        let length = 1 + self.roll(most);
        (0..length).map(|_| letters[self.roll(letters.len())]).collect()
    }
}

/// Every form that holds a password, in each of its spellings.
fn spellings() -> Vec<(Form, Format)> {
    let both = |form: Form| {
        [Format::Text, Format::Json]
            .into_iter()
            .filter(move |format| *format == Format::Text || form.has_json())
            .map(move |format| (form, format))
    };
    Form::ALL.into_iter().filter(|form| form.holds_password()).flat_map(both).collect()
}

#[test]
fn whatever_is_written_is_read_back() {
    let letters: Vec<char> =
        "abcXYZ019 \"'\\`$#&|;:=%@!?/-_.,{}[]()<>*~^+端é\u{1f511}".chars().collect();
    let names: Vec<char> = "abcXYZ019$@._-/ '\"端".chars().collect();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    for round in 0..400 {
        let (username, password) = (dice.text(&names, 12), dice.text(&letters, 24));
        let secret = Secret::new(password.as_str());
        let login = Login {
            registry: Some("registry-vpc.cn-hangzhou.aliyuncs.com"),
            username: &username,
            password: &secret,
            name: "pull",
            namespace: Some("team"),
        };
        for (form, format) in spellings() {
            let place = format!("round {round}: {form:?} {format:?} {username:?} {password:?}");
            let text = form.encode(&login, format).expect(&place);
            let entries = form.decode(text.reveal()).expect(&place);
            let [Entry { login: Ok(read), .. }] = &entries[..] else { panic!("{place}") };
            assert_eq!(read.username, username, "{place}");
            assert_eq!(read.password.reveal(), password, "{place}");
        }
    }
}

#[test]
fn no_text_however_broken_is_a_crash_or_shows_what_it_holds() {
    let secret = Secret::new(PASSWORD);
    let login = Login {
        registry: Some("swr.cn-north-4.myhuaweicloud.com"),
        username: "cn-north-4@HPUA12",
        password: &secret,
        name: "pull",
        namespace: None,
    };
    let mut texts: Vec<String> = spellings()
        .into_iter()
        .map(|(form, format)| {
            form.encode(&login, format).expect("it is written").reveal().to_owned()
        })
        .collect();
    texts.push(format!("docker login -u 'a b' -p '{PASSWORD}' a.b && podman login -u c c.d"));
    texts.push(format!("--ImageRegistryCredential.1.Password=\"{PASSWORD}\" \\\n --ImageRegistryCredential.1.UserName x"));
    texts.push(format!("stringData:\n  .dockerconfigjson: |\n    {{\"auths\": {{\"a.b\": {{\"password\": \"{PASSWORD}\", \"username\": \"u\"}}}}}}\n"));
    texts.push(format!("Resources:\n  A:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      ImageRegistryCredential:\n      - {{Server: a.b, UserName: u, Password: '{PASSWORD}'}}\n"));
    let mut dice = Dice(88_172_645_463_325_252);
    let garbage =
        ["{", "}", "\"", "'", "\n", ": ", "[", "%", "\\", "\u{feff}", "\0", "端", "&", "<<<"];
    for text in &texts {
        let mut broken: Vec<String> =
            text.char_indices().map(|(at, _)| text[..at].to_owned()).collect();
        for _ in 0..100 {
            let mut at = dice.roll(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            broken.push(format!(
                "{}{}{}",
                &text[..at],
                garbage[dice.roll(garbage.len())],
                &text[at..]
            ));
        }
        for text in broken {
            for form in Form::ALL.into_iter().chain([Form::of(&text)]) {
                for lang in [Lang::En, Lang::Zh] {
                    let said = match form.decode(&text) {
                        Err(error) => error.message().render(lang),
                        Ok(entries) => entries.iter().map(|entry| said(entry, lang)).collect(),
                    };
                    assert!(!said.contains(PASSWORD), "{form:?}: {said}");
                }
            }
        }
    }
}

/// All that is said of an entry, but for its username and registry: a broken text may have moved
/// anything there.
fn said(entry: &Entry, lang: Lang) -> String {
    let lines = entry.lines(false, lang);
    let shown = [entry.username().unwrap_or_default(), &entry.registry, &entry.holder];
    let lines = lines.into_iter().map(|line| line.value).filter(|it| !shown.contains(&it.as_str()));
    lines.chain(entry.trouble().map(|message| message.render(lang))).collect()
}

#[test]
fn a_form_without_a_password_asks_for_none() {
    let command = encode(&[
        "--as",
        "docker-login",
        "--username",
        "cn-north-4@HPUA12",
        "--registry",
        "swr.cn-north-4.myhuaweicloud.com",
    ]);
    assert_eq!(command.code, 0, "{}", command.stderr);
    assert_eq!(
        command.stdout,
        "docker login --username cn-north-4@HPUA12 --password-stdin swr.cn-north-4.myhuaweicloud.com\n"
    );
    assert!(command.stderr.contains("standard input"), "{}", command.stderr);

    let host = ["--registry", "registry-vpc.cn-hangzhou.aliyuncs.com"];
    let template = encode(&[&["--as", "ros"][..], &host].concat());
    assert_eq!(template.code, 0, "{}", template.stderr);
    assert!(template.stdout.contains("NoEcho: true"), "{}", template.stdout);
    let json = encode(&[&["--as", "ros", "--format", "json"][..], &host].concat());
    assert!(serde_json::from_str::<serde_json::Value>(&json.stdout).is_ok(), "{}", json.stdout);
    for text in [&template.stdout, &json.stdout] {
        let read = decode(text, &["--reveal"]);
        assert_eq!(read.code, 0, "{}", read.stderr);
        assert!(read.stdout.contains("`RegistryPassword`, which is NoEcho"), "{}", read.stdout);
    }
    assert!(!(template.stdout + &json.stdout + &command.stdout).contains(PASSWORD));
}

#[test]
fn what_a_form_needs_is_asked_for() {
    for (arguments, wanted) in [
        (&["--username", "u", "--as", "kubernetes", "--password-stdin"][..], "--registry"),
        (&["--as", "eas", "--password-stdin"], "--username"),
        (&["--as", "docker-login"], "--username"),
        (&["--username", "u", "--as", "docker-login", "--format", "json"], "no JSON"),
        (&["--username", "u", "--as", "kubernets"], "did you mean `kubernetes`?"),
        (
            &["--username", "u", "--as", "eci", "--registry", "https://a.b", "--password-stdin"],
            "scheme",
        ),
    ] {
        let run = encode(arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.contains(wanted), "{arguments:?}: {}", run.stderr);
        assert!(!run.stderr.contains(PASSWORD), "{arguments:?}");
    }
}

#[test]
fn json_is_written_where_it_is_asked_for() {
    let base = ["--username", "u", "--registry", "ghcr.io", "--password-stdin", "--format", "json"];
    for (form, pointer) in [
        ("eas", "/dockerAuth"),
        ("docker-config", "/auths/ghcr.io/auth"),
        ("kubernetes", "/data/.dockerconfigjson"),
        ("eci", "/ImageRegistryCredential/0/UserName"),
    ] {
        let run = encode(&[&base[..], &["--as", form]].concat());
        let json: serde_json::Value = serde_json::from_str(&run.stdout).expect(form);
        assert!(json.pointer(pointer).is_some(), "{form}: {}", run.stdout);
    }
}

#[test]
fn a_login_command_is_read_and_its_open_password_is_told() {
    let command = format!(
        "docker login -u cn-north-1@HPUA12 -p {PASSWORD} swr.cn-north-4.myhuaweicloud.com\n"
    );
    let run = decode(&command, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let expected = [
        "registry: swr.cn-north-4.myhuaweicloud.com",
        "service: SWR, cn-north-4, public address",
        "username: cn-north-1@HPUA12",
        "password: ••••",
        "another region",
        "history",
    ];
    for part in expected {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    let zh = decode(&command, &["--lang", "zh"]);
    assert!(zh.stdout.contains("shell 历史"), "{}", zh.stdout);
    assert!(decode(&command, &["--reveal"]).stdout.contains(PASSWORD));
}

#[test]
fn a_config_whose_passwords_are_elsewhere_names_the_helper() {
    let config =
        r#"{"auths": {"ghcr.io": {}, "a.b": {"auth": "YWI6Y2Q="}}, "credsStore": "osxkeychain"}"#;
    for (lang, words) in [("en", "logs in nowhere else"), ("zh", "在其他机器上无法登录")]
    {
        let run = decode(config, &["--lang", lang]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("docker-credential-osxkeychain"), "{}", run.stderr);
        assert!(run.stderr.contains(words) && run.stderr.contains("ghcr.io"), "{}", run.stderr);
        assert!(run.stdout.contains("a.b") && run.stdout.contains("ab\n"), "{}", run.stdout);
    }
    let alone = decode(r#"{"credHelpers": {"a.b": "ecr-login"}}"#, &[]);
    assert!(alone.stderr.contains("docker-credential-ecr-login"), "{}", alone.stderr);
}

#[test]
fn every_secret_of_a_manifest_is_read_under_its_name() {
    let secret = |name: &str| {
        let run = encode(&[
            "--as",
            "kubernetes",
            "--username",
            "u",
            "--password-stdin",
            "--registry",
            "ghcr.io",
            "--name",
            name,
            "--namespace",
            "team",
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    let manifest = format!("{}---\n{}---\nkind: Secret\ndata: [\n", secret("one"), secret("two"));
    let run = decode(&manifest, &[]);
    assert!(run.stdout.contains("in: Secret team/one\n"), "{}", run.stdout);
    assert!(run.stdout.contains("\n\nin: Secret team/two\n"), "{}", run.stdout);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("YAML cannot be read at line"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_read_has_its_place_and_no_word_of_the_text() {
    for (text, place) in [
        (
            format!("{{\"auths\": {{\n  \"a.b\": {{\"auth\": {PASSWORD}}}\n}}}}"),
            "line 2, column 19",
        ),
        (format!("{{\"auths\": \"{PASSWORD}\"}}"), "line 1, column 11"),
        (format!("data:\n  .dockerconfigjson: \"{PASSWORD}\n"), "line 2"),
        (format!("docker login -u u \\\n  -p '{PASSWORD} a.b"), "line 2, column 6"),
        (format!("{{\"ImageRegistryCredential\": [{{\"Password\": {PASSWORD}}}]}}"), "line 1"),
    ] {
        for lang in ["en", "zh"] {
            let run = decode(&text, &["--reveal", "--lang", lang]);
            assert_eq!(run.code, 2, "{text}");
            assert!(!run.stderr.contains("hunter"), "{}", run.stderr);
            assert!(lang == "zh" || run.stderr.contains(place), "{place}: {}", run.stderr);
        }
    }
}

#[test]
fn help_names_every_form() {
    let run = plimsoll(workspace(), &["auth", "encode", "--help"], b"");
    for form in Form::ALL {
        assert!(run.stdout.contains(form.id()), "{}: {}", form.id(), run.stdout);
    }
}

/// Base64 of `text`, by way of a username of two letters: `xx:` makes four of its own.
fn base64(text: &str) -> String {
    let pair = plimsoll::credential::docker_auth::encode("xx", &Secret::new(text));
    pair.expect("it is encoded").reveal()[4..].to_owned()
}

#[test]
fn what_is_no_credential_is_told_without_a_word_of_it() {
    for (text, words) in [
        ("s3cr3t one: two\n", "this is YAML"),
        ("hunter2 FROM alpine:3.20\n", "a username is one word"),
        ("hunter2: world\n", "this is YAML"),
        ("FROM hunter2:3.20\nCMD x\n", "this is a Dockerfile"),
        ("hunter2: x\nb: c\n", "this is YAML"),
        ("machine a.b login u password hunter2\n", "this is a .netrc"),
        ("https://u:hunter2@a.b/c\n", "this is a URL with a username and a password"),
        ("Authorization: Bearer hunter2\n", "this is a bearer token"),
        ("export DB_PASSWORD=hunter2:x\n", "this is a file of `NAME=value` lines"),
        ("{\"metadata\":{\"name\":\"hunter2\"},\"containers\":[]}", "a service JSON of PAI-EAS"),
        ("{\"private_key\":\"hunter2\",\"type\":\"service_account\"}", "a service account's key"),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: hunter2}\n", "a Kubernetes manifest"),
        ("kind: Secret\ntype: Opaque\ndata: {hunter2: aHVudGVyMg==}\n", "not for pulling images"),
        ("-----BEGIN PRIVATE KEY-----\nhunter2\n", "this is a private key"),
        ("one\nhunter2:b\n", "a text of several lines"),
        ("hunter2\u{1}:b", "a username is one word"),
        ("hunter2", "not"),
        (&base64("hunter2\nuser:b"), "a username is one word"),
        (&base64("FROM hunter2:3.20\nCMD x\n"), "the Base64 of a Dockerfile"),
        (&base64("hunter2"), "no colon"),
    ] {
        for lang in ["en", "zh"] {
            let run = decode(text, &["--lang", lang]);
            assert_eq!(run.code, 2, "{text}: {}", run.stdout);
            let all = format!("{}{}", run.stdout, run.stderr);
            assert!(!all.contains("hunter2") && !all.contains("s3cr3t"), "{text}: {all}");
            assert!(lang == "zh" || run.stderr.contains(words), "{text}: {}", run.stderr);
        }
    }
}

#[test]
fn a_pair_that_nobody_encoded_shows_its_username_only_where_it_reads_as_one() {
    for (text, username) in [
        ("user:password\n", "user"),
        ("robot$ci:hunter2", "robot$ci"),
        ("ann.lee@acme.example:hunter2", "ann.lee@acme.example"),
        ("user01:hunter2", "user01"),
        ("s3cr3t:x", "••••"),
        ("Zx81kQ7vTn3:x", "••••"),
    ] {
        let run = decode(text, &[]);
        assert_eq!(run.code, 0, "{text}: {}", run.stderr);
        assert!(run.stdout.contains(&format!("username: {username}\n")), "{text}: {}", run.stdout);
        let (name, _) = text.split_once(':').unwrap();
        assert!(decode(text, &["--reveal"]).stdout.contains(name), "{text}");
    }
    let encoded = decode(&base64("s3cr3t:x"), &[]);
    assert!(encoded.stdout.contains("username: s3cr3t\n"), "{}", encoded.stdout);
}

#[test]
fn a_credential_that_is_too_long_is_refused_not_cut() {
    let long = format!("user:{}", "x".repeat(1 << 20));
    for arguments in [&["auth", "decode"][..], &["auth", "encode", "-u", "a", "--password-stdin"]] {
        let run = plimsoll(workspace(), arguments, long.as_bytes());
        assert_eq!(run.code, 2, "{}", run.stdout);
        assert!(run.stderr.contains("larger than the 1 MiB"), "{}", run.stderr);
        assert!(run.stdout.is_empty());
    }
}
