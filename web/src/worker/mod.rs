//! The worker's side: answers each question with one message. Must not know the page's document.

mod checks;
mod language;
mod names;
mod shelf;

use std::cell::{Cell, RefCell};
use std::io;
use std::sync::Arc;

use js_sys::{Uint8Array, global};
use plimsoll::credential::{Form, Format, Login as Credential, Secret};
use plimsoll::image::facts::Facts;
use plimsoll::image::listing::Container;
use plimsoll::image::source::TroubleKind;
use plimsoll::report::Inspection;
use plimsoll::rule::Rule;
use plimsoll::text::{Lang, visible};
use plimsoll::{detect, redact, register};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use self::checks::{checked, edits, fit, preview, silenced, whole};
use self::language::{explained, offers, painted};
use self::names::name_of;
use self::shelf::{Image, Shelf};
use crate::archive::{self, Request, Share};
use crate::divided::{Divided, Help, buffers, help};
use crate::messages::{Ask, Citation, Entry, Refusal, RuleCard, Tell};
use crate::packing::{to_js, unpack};

/// Answers messages from now on: questions, and the files of image archives. Whoever asks in JSON
/// is answered in JSON from then on: a test, or somebody who looks in.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = global().unchecked_into();
    let answering = scope.clone();
    let shelf = Shelf::default();
    let begun = RefCell::new(None::<Divided>);
    let speaks_json = Cell::new(false);
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        // Fails only for values that cannot be cloned; strings and bytes always can.
        let say = |message: &JsValue| drop(answering.post_message(message));
        let tell = |tell: Tell| {
            if speaks_json.get() { say(&json(&tell).into()) } else { say(&to_js(&tell)) }
        };
        let tell_progress = |progress| tell(Tell::Reading(progress));
        let message = event.data();
        if let Some(request) = Request::from_js(&message) {
            match request.share {
                Share { workers: ..=1, .. } => tell(inspected(&request, &shelf, &tell)),
                Share { which: 0, .. } => match Divided::begin(&request, &tell_progress) {
                    Ok(divided) => tell_when_complete(divided, &begun, &shelf, &tell),
                    Err(error) => tell(kept(&request, Err(error), &shelf)),
                },
                // What cannot be read is read again, and told, by the first.
                Share { which, .. } => {
                    let give = |help: Help| give(&answering, &help);
                    if help(&request, &tell_progress, &give).is_err() {
                        give(Help::Lost(which));
                    }
                }
            }
        } else if let Some(help) = Help::from_js(&message) {
            let divided = begun.borrow_mut().take();
            if let Some(mut divided) = divided {
                divided.take(help);
                tell_when_complete(divided, &begun, &shelf, &tell);
            }
        } else if let Some(question) = message.as_string() {
            speaks_json.set(true);
            say(&reply(&question, &shelf).into());
        } else {
            let question = message.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec());
            tell(match unpack(&question.unwrap_or_default()) {
                Some(ask) => answer(ask, &shelf),
                None => Tell::Misunderstood { reason: "no question".to_owned() },
            });
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

fn json(tell: &Tell) -> String {
    serde_json::to_string(tell).unwrap_or_default()
}

/// Gives the page what was found, without a copy where there are bytes.
fn give(scope: &DedicatedWorkerGlobalScope, help: &Help) {
    let message = help.to_js();
    // Fails only for values that cannot be cloned; bytes always can.
    drop(scope.post_message_with_transfer(&message, &buffers(&message)));
}

/// Tells of an image that several workers read, once all of its layers are there.
fn tell_when_complete(
    divided: Divided,
    begun: &RefCell<Option<Divided>>,
    shelf: &Shelf,
    tell: &dyn Fn(Tell),
) {
    if !divided.is_complete() {
        *begun.borrow_mut() = Some(divided);
        return;
    }
    let request = divided.request().clone();
    let outcome = divided.finish(&|progress| tell(Tell::Reading(progress)));
    tell(kept(&request, outcome, shelf));
}

/// Reads an image archive and keeps what is known of it.
fn inspected(request: &Request, shelf: &Shelf, say: &dyn Fn(Tell)) -> Tell {
    let looked = |facts: &Facts| {
        let inspection = Box::new(Inspection::of(&request.image.name(), facts));
        say(Tell::Looked { inspection });
    };
    let outcome = archive::read(request, &|progress| say(Tell::Reading(progress)), &looked);
    kept(request, outcome, shelf)
}

/// Keeps what is known of an image.
fn kept(request: &Request, outcome: io::Result<Facts>, shelf: &Shelf) -> Tell {
    let name = request.image.name();
    let (facts, refusal) = match outcome {
        Ok(facts) => {
            let refusal = refusal(&facts);
            (facts, refusal)
        }
        Err(error) => (Facts::default(), Some(Refusal::Unreadable(error.to_string()))),
    };
    let inspection = Box::new(Inspection::of(&name, &facts));
    let is_deep = facts.is_deep;
    *shelf.image.borrow_mut() = Some(Image { name, facts: Arc::new(facts) });
    Tell::Inspected { inspection, is_deep, refusal }
}

/// Why there is nothing in an archive that could be checked. One that breaks off is checked.
fn refusal(facts: &Facts) -> Option<Refusal> {
    match facts.trouble.as_ref().map(|trouble| trouble.kind) {
        Some(TroubleKind::Empty) => Some(Refusal::Empty),
        Some(TroubleKind::NotATar(kind)) => Some(Refusal::NotAnArchive(kind.to_owned())),
        Some(_) => None,
        None => (facts.listing.container == Container::Unknown).then_some(Refusal::NoImage),
    }
}

/// The JSON that answers the JSON `question`.
fn reply(question: &str, shelf: &Shelf) -> String {
    let tell = match serde_json::from_str(question) {
        Ok(ask) => answer(ask, shelf),
        // The error's own words may quote the question, and that may be a password.
        Err(error) => Tell::Misunderstood {
            reason: format!("no question at line {}, column {}", error.line(), error.column()),
        },
    };
    json(&tell)
}

fn answer(ask: Ask, shelf: &Shelf) -> Tell {
    match ask {
        Ask::Hello => Tell::Ready { version: env!("CARGO_PKG_VERSION").to_owned() },
        Ask::Check(job) => checked(&job, shelf),
        Ask::Fix { revision, finding, fix, title } => edits(revision, finding, fix, title, shelf),
        Ask::Silence { revision, finding, title } => silenced(revision, finding, title, shelf),
        Ask::Preview { revision, without, with } => preview(revision, &without, &with, shelf),
        Ask::Fit { revision, platform } => fit(revision, &platform, shelf),
        Ask::Report { revision, form } => whole(revision, form, shelf),
        Ask::Paint { revision, path, lines } => painted(revision, path, lines, shelf),
        Ask::Complete(spot) => offers(spot, shelf),
        Ask::Explain(spot) => explained(spot, shelf),
        Ask::Name { text } => Tell::Named { path: name_of(&text).to_owned() },
        Ask::Encode { form, as_json, registry, username, password, name, namespace, lang } => {
            let password = Secret::new(password);
            let name = if name.is_empty() { "registry-credential" } else { &name };
            let login = Credential {
                registry: Some(registry.as_str()).filter(|host| !host.is_empty()),
                username: &username,
                password: &password,
                name,
                namespace: Some(namespace.as_str()).filter(|namespace| !namespace.is_empty()),
            };
            let format = if as_json { Format::Json } else { Format::Text };
            encoded(&form, format, &login, language(&lang))
        }
        Ask::Decode { text, form, reveal, lang } => {
            decoded(&Secret::new(text), Form::from_id(&form), reveal, language(&lang))
        }
        Ask::Rules { lang } => {
            let lang = language(&lang);
            Tell::Rules { rules: register().map(|rule| card(rule, lang)).collect() }
        }
        Ask::Sift { files } => {
            let is_document =
                |file: &crate::messages::File| detect(&file.path, &file.text).is_some();
            Tell::Sifted { files: files.into_iter().filter(is_document).collect() }
        }
        Ask::Folder { image, path } => {
            let shelf = shelf.image.borrow();
            let facts = shelf.as_ref().map(|image| &image.facts);
            let entries = facts.map(|facts| archive::folder(facts, image, &path));
            Tell::Folder { path, entries: entries.unwrap_or_default() }
        }
    }
}

fn language(tag: &str) -> Lang {
    Lang::from_tag(tag).unwrap_or_default()
}

fn encoded(form: &str, format: Format, login: &Credential<'_>, lang: Lang) -> Tell {
    let form = Form::from_id(form).unwrap_or(Form::Eas);
    let format = if form.has_json() { format } else { Format::Text };
    let result = form
        .encode(login, format)
        .map(|text| text.reveal().to_owned())
        .map_err(|error| error.message().render(lang));
    let warnings = form.warnings(login).into_iter().map(|message| message.render(lang));
    let remark = form.remark().map(|text| text.get(lang).to_owned());
    Tell::Encoded { result, notes: warnings.chain(remark).collect() }
}

fn decoded(text: &Secret, form: Option<Form>, reveal: bool, lang: Lang) -> Tell {
    let form = form.unwrap_or_else(|| Form::of(text.reveal()));
    let result = match form.decode(text.reveal()) {
        Err(error) => Err(error.message().render(lang)),
        Ok(entries) => Ok(entries
            .iter()
            .map(|entry| Entry {
                lines: entry
                    .lines(reveal, lang)
                    .into_iter()
                    // The password is shown as it is.
                    .map(|line| match line.is_password {
                        true => (line.name.to_owned(), line.value),
                        false => (line.name.to_owned(), visible(&line.value).into_owned()),
                    })
                    .collect(),
                trouble: entry.trouble().map(|message| message.render(lang)),
            })
            .collect()),
    };
    Tell::Decoded { result }
}

/// A rule as the page shows it.
pub(crate) fn card(rule: &Rule, lang: Lang) -> RuleCard {
    let shown = |files: Vec<(String, String)>| {
        files.into_iter().map(|(path, text)| (path, redact(&text))).collect::<Vec<_>>()
    };
    let bad = || rule.examples.iter().filter(|example| example.bad);
    // One that a fix mends shows more than one that none does.
    let wrong = bad().find(|example| example.fixed.is_some()).or_else(|| bad().next());
    let good = rule.examples.iter().find(|example| !example.bad);
    let right = wrong.and_then(|example| Some(example.fixed_files(rule.platform)?.files));
    let right = right.or_else(|| Some(good?.files(rule.platform).files));
    RuleCard {
        id: rule.id.to_owned(),
        aliases: rule.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        severity: rule.severity.id().to_owned(),
        summary: rule.summary.get(lang).to_owned(),
        why: rule.why.get(lang).to_owned(),
        help: rule.help.without_slots(lang),
        is_strict: rule.strict,
        has_safe_fix: rule.examples.iter().any(|example| example.fixed.is_some()),
        wrong: wrong.map(|one| shown(one.files(rule.platform).files)).unwrap_or_default(),
        right: right.map(shown).unwrap_or_default(),
        options: rule
            .options
            .iter()
            .map(|one| (one.name.to_owned(), one.description.get(lang).to_owned()))
            .collect(),
        since: rule.since.to_owned(),
        sources: rule
            .rests_on
            .iter()
            .map(|citation| Citation {
                says: citation.says.get(lang).to_owned(),
                title: citation.publication.title.to_owned(),
                url: citation.publication.url.to_owned(),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(question: &str) -> String {
        super::reply(question, &Shelf::default())
    }

    #[test]
    fn a_greeting_is_answered_with_the_version() {
        assert_eq!(
            reply(r#""hello""#),
            format!(r#"{{"ready":{{"version":"{}"}}}}"#, env!("CARGO_PKG_VERSION"))
        );
    }

    #[test]
    fn what_is_not_a_question_is_misunderstood_and_not_repeated() {
        let answer = reply(r#"{"encode":{"password":"hunter2"}}"#);
        assert!(answer.starts_with(r#"{"misunderstood":"#) && !answer.contains("hunter2"));
    }

    #[test]
    fn a_login_is_encoded_as_the_platform_wants_it() {
        let ask = r#"{"encode":{"form":"eas","as_json":false,"registry":"","username":"abcd","password":"abcde12345","name":"","namespace":"","lang":"en"}}"#;
        assert!(reply(ask).contains(r#""Ok":"YWJjZDphYmNkZTEyMzQ1""#));
    }

    fn told(question: &str, shelf: &Shelf) -> Tell {
        serde_json::from_str(&super::reply(question, shelf)).expect("an answer")
    }

    /// What a check finds.
    fn messages(question: &str, shelf: &Shelf) -> Vec<String> {
        let Tell::Checked { report, .. } = told(question, shelf) else { panic!("no report") };
        report.into_report().findings.into_iter().map(|finding| finding.message).collect()
    }

    const FIRST: &str = r#"{"check":{"revision":7,"files":[{"id":1,"path":"Dockerfile","text":"FROM a:1\nEXPOSE 8080\nCMD [\"uvicorn\", \"a:b\", \"--host\", \"0.0.0.0\", \"--port\", \"8080\"]\n"}],"platforms":["eas"],"image":null,"lang":"en"}}"#;

    #[test]
    fn a_check_tells_findings_and_what_has_not_changed_is_asked_about_without_its_text() {
        let shelf = Shelf::default();
        let first = messages(FIRST, &shelf);
        assert!(first.iter().any(|message| message.contains("8080")), "{first:?}");
        let again = r#"{"check":{"revision":8,"files":[{"id":1,"path":"Dockerfile"}],"platforms":["eas"],"image":null,"lang":"en"}}"#;
        assert_eq!(messages(again, &shelf), first);
    }

    #[test]
    fn a_platform_that_nobody_asked_about_is_judged_when_somebody_looks() {
        let shelf = Shelf::default();
        let fit = |revision: u64, platform: &str| {
            let ask = format!(r#"{{"fit":{{"revision":{revision},"platform":"{platform}"}}}}"#);
            match told(&ask, &shelf) {
                Tell::Fit { fit, .. } => fit.map(|fit| fit.0.platform),
                _ => panic!("no verdict"),
            }
        };
        assert_eq!(fit(7, "eci"), None, "nothing was checked");
        messages(FIRST, &shelf);
        for platform in crate::platforms::PLATFORMS {
            assert_eq!(fit(7, platform).as_deref(), Some(platform));
        }
        assert_eq!(fit(6, "eci"), None, "of an older text");
    }

    #[test]
    fn a_fix_is_of_what_was_checked() {
        let shelf = Shelf::default();
        let text = r"FROM a:1\nMAINTAINER b\n";
        let check = format!(
            r#"{{"check":{{"revision":1,"files":[{{"id":1,"path":"Dockerfile","text":"{text}"}}],"platforms":[],"image":null,"lang":"en"}}}}"#
        );
        let Tell::Checked { report, .. } = told(&check, &shelf) else { panic!("no report") };
        let findings = report.into_report().findings;
        let finding = findings.iter().position(|one| !one.fixes.is_empty()).expect("a fix");
        let edits = |revision: u64| {
            let ask = format!(
                r#"{{"fix":{{"revision":{revision},"finding":{finding},"fix":0,"title":""}}}}"#
            );
            match told(&ask, &shelf) {
                Tell::Edits { edits, .. } => edits.len(),
                _ => panic!("no edits"),
            }
        };
        assert_eq!((edits(1), edits(0)), (1, 0));
    }
}
