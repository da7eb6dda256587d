//! Logins in every form: what is read shows no password, and what is written is read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::credential::{Form, Format, Login, Secret};
use plimsoll::text::Lang;

fuzz_target!(|text: &str| {
    let form = Form::of(text);
    for form in Form::ALL {
        match form.decode(text) {
            Ok(entries) => {
                for entry in entries {
                    entry.lines(false, Lang::En);
                    entry.lines(true, Lang::Zh);
                }
            }
            Err(error) => {
                error.message().render(Lang::En);
            }
        }
    }
    let _ = form.decode(text);
    let (username, password) = text.split_once('\n').unwrap_or(("robot", text));
    // What has lines is taken for a document that somebody has encoded.
    if password.contains('\n') {
        return;
    }
    let password = Secret::new(password);
    for form in Form::ALL {
        let registry = form.takes_registry().then_some("registry.example.com");
        let login =
            Login { registry, username, password: &password, name: "pull", namespace: None };
        form.warnings(&login);
        for format in [Format::Text, Format::Json] {
            let Ok(written) = form.encode(&login, format) else { continue };
            form.decode(written.reveal()).unwrap_or_else(|error| panic!("{form:?}: {error:?}"));
        }
    }
});
