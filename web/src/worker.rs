//! The worker's side: answers each question with one message. Must not know the page's document.

use js_sys::global;
use plimsoll::credential::{Form, Login as Credential, REDACTED, Secret, docker_auth};
use plimsoll::fact::Target;
use plimsoll::text::Lang;
use plimsoll::{Project, Settings, check, edits_of};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::messages::{Ask, Edit, Job, Login, Tell};

/// Answers messages from now on.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = global().unchecked_into();
    let answering = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let question = event.data().as_string().unwrap_or_default();
        // Fails only for values that cannot be cloned; a string always can.
        let _ = answering.post_message(&JsValue::from_str(&reply(&question)));
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

/// The JSON that answers the JSON `question`.
fn reply(question: &str) -> String {
    let tell = match serde_json::from_str(question) {
        Ok(ask) => answer(ask),
        // The error's own words may quote the question, and that may be a password.
        Err(error) => Tell::Misunderstood {
            reason: format!("no question at line {}, column {}", error.line(), error.column()),
        },
    };
    serde_json::to_string(&tell).unwrap_or_default()
}

fn answer(ask: Ask) -> Tell {
    match ask {
        Ask::Hello => Tell::Ready { version: env!("CARGO_PKG_VERSION").to_owned() },
        Ask::Check(job) => checked(job),
        Ask::Fix { job, finding, fix } => edits(&job, finding, fix),
        Ask::Encode { form, registry, username, password, lang } => {
            encoded(&form, &registry, &username, Secret::new(password), language(&lang))
        }
        Ask::Decode { text, reveal, lang } => decoded(&Secret::new(text), reveal, language(&lang)),
    }
}

fn language(tag: &str) -> Lang {
    Lang::from_tag(tag).unwrap_or_default()
}

fn open(job: &Job) -> (Project, Vec<(String, String)>) {
    let files = job.files.iter().map(|file| (file.path.as_str(), file.text.as_bytes()));
    let (project, errors) = Project::from_files(files);
    let refused = errors.into_iter().map(|(path, error)| (path, error.to_string()));
    (project, refused.collect())
}

fn settings(job: &Job) -> Settings {
    let targets = job.platforms.iter().filter_map(|name| Target::parse(name).ok()).collect();
    Settings { targets, lang: language(&job.lang), ..Settings::default() }
}

fn checked(job: Job) -> Tell {
    let (project, refused) = open(&job);
    let report = check(&project, &settings(&job));
    let everything = Settings {
        targets: ["eas", "modelarts:real-time", "modelarts:batch"]
            .iter()
            .filter_map(|name| Target::parse(name).ok())
            .collect(),
        ..Settings::default()
    };
    let fits = everything
        .targets
        .iter()
        .flat_map(|&target| {
            let alone = Settings { targets: vec![target], ..everything.clone() };
            check(&project, &alone).fit
        })
        .collect();
    Tell::Checked { revision: job.revision, report: Box::new(report), fits, refused }
}

fn edits(job: &Job, finding: usize, fix: usize) -> Tell {
    let (project, _) = open(job);
    let edits = edits_of(&project, &settings(job), finding, fix).unwrap_or_default();
    let edits = edits
        .into_iter()
        .map(|(source, edit)| Edit {
            path: project.source(source).path().to_owned(),
            start: edit.span.start,
            end: edit.span.end,
            text: edit.text,
        })
        .collect();
    Tell::Edits { revision: job.revision, edits }
}

fn encoded(form: &str, registry: &str, username: &str, password: Secret, lang: Lang) -> Tell {
    let form = Form::ALL.into_iter().find(|known| known.id() == form).unwrap_or(Form::Eas);
    let login = Credential {
        registry: Some(registry).filter(|host| !host.is_empty()),
        username,
        password: &password,
        name: "registry-credential",
        namespace: None,
    };
    let result = form
        .encode(&login)
        .map(|text| text.reveal().to_owned())
        .map_err(|error| error.message().render(lang));
    let oddities = docker_auth::password_oddities(&password);
    let notes = oddities.iter().map(|oddity| oddity.message().render(lang)).collect();
    Tell::Encoded { result, notes }
}

fn decoded(text: &Secret, reveal: bool, lang: Lang) -> Tell {
    let form = Form::of(text.reveal());
    let shown = |password: &Secret| {
        if reveal { password.reveal().to_owned() } else { REDACTED.to_owned() }
    };
    let result = match form.decode(text.reveal()) {
        Err(error) => Err(error.message().render(lang)),
        Ok(entries) => entries
            .into_iter()
            .map(|entry| match entry.login {
                Err(error) => Err(error.message().render(lang)),
                Ok(login) => Ok(Login {
                    registry: entry.registry,
                    username: login.username,
                    password: shown(&login.password),
                    notes: login
                        .oddities
                        .iter()
                        .map(|oddity| oddity.message().render(lang))
                        .collect(),
                }),
            })
            .collect(),
    };
    Tell::Decoded { result }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_is_answered_with_the_version() {
        assert_eq!(
            reply(r#"{"ask":"hello"}"#),
            format!(r#"{{"tell":"ready","version":"{}"}}"#, env!("CARGO_PKG_VERSION"))
        );
    }

    #[test]
    fn what_is_not_a_question_is_misunderstood_and_not_repeated() {
        let answer = reply(r#"{"ask":"encode","password":"hunter2"}"#);
        assert!(answer.starts_with(r#"{"tell":"misunderstood""#) && !answer.contains("hunter2"));
    }

    #[test]
    fn a_login_is_encoded_as_the_platform_wants_it() {
        let ask = r#"{"ask":"encode","form":"eas","registry":"","username":"abcd","password":"abcde12345","lang":"en"}"#;
        assert!(reply(ask).contains(r#""Ok":"YWJjZDphYmNkZTEyMzQ1""#));
    }

    #[test]
    fn a_check_tells_findings_and_the_fit_of_every_platform() {
        let ask = r#"{"ask":"check","revision":7,"files":[{"path":"Dockerfile","text":"FROM a:1\nEXPOSE 8080\nCMD uvicorn a:b --host 0.0.0.0 --port 8080\n"}],"platforms":["eas"],"lang":"en"}"#;
        let Ok(Tell::Checked { revision, report, fits, .. }) = serde_json::from_str(&reply(ask))
        else {
            panic!("no report");
        };
        assert_eq!(revision, 7);
        assert!(report.findings.iter().any(|one| one.rule == "eas/dockerfile-port-reserved"));
        let verdicts: Vec<_> = fits.iter().map(|fit| fit.platform.as_str()).collect();
        assert_eq!(verdicts, ["eas", "modelarts:real-time", "modelarts:batch"]);
    }
}
