//! Completion by example: `|` is the caret.

use plimsoll::Kind;
use plimsoll::language::{Completion, completion};
use plimsoll::text::Lang;

fn at_caret(kind: Kind, text: &str) -> (String, Vec<Completion>) {
    let (before, behind) = text.split_once('|').expect("a caret");
    let offset = before.encode_utf16().count();
    let text = format!("{before}{behind}");
    let found = completion(kind, &text, offset, Lang::En);
    (text, found)
}

/// The first labels, at most as many as are expected, and whether there are more.
#[track_caller]
fn assert_offers(kind: Kind, text: &str, expected: &[&str]) {
    let (_, found) = at_caret(kind, text);
    let labels: Vec<&str> = found.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels, expected, "{text}");
}

/// The text after `label` was chosen.
#[track_caller]
fn chosen(kind: Kind, text: &str, label: &str) -> String {
    let (text, found) = at_caret(kind, text);
    let one = found.iter().find(|one| one.label == label).expect(label);
    let units: Vec<u16> = text.encode_utf16().collect();
    let part = |range: std::ops::Range<usize>| String::from_utf16(&units[range]).expect("whole");
    let (head, tail) = (part(0..one.replace.start), part(one.replace.end..units.len()));
    format!("{head}{}{tail}", one.insert)
}

#[test]
fn a_dockerfile_offers_what_may_stand_there() {
    let offers = |text: &str, expected: &[&str]| assert_offers(Kind::Dockerfile, text, expected);
    offers("FR|", &["FROM"]);
    offers("FROM a\ne|", &["ENTRYPOINT", "ENV", "EXPOSE"]);
    offers("FROM a\nONBUILD CO|", &["COPY"]);
    offers("FROM |", &["scratch"]);
    offers("FROM a AS one\nFROM b AS two\nFROM |", &["one", "two", "scratch"]);
    offers("FROM a AS one\nFROM b AS two\nCOPY --from=|", &["one"]);
    offers("FROM a AS one\nFROM b\nRUN --mount=type=bind,from=o|", &["one"]);
    offers("FROM a\nRUN --mount=type=c| x", &["cache"]);
    offers("FROM a |", &["AS"]);
    offers("FROM --p|", &["--platform"]);
    offers("FROM a\nCOPY --ch|", &["--chown", "--chmod"]);
    offers("FROM a\nHEALTHCHECK |", &["CMD", "NONE"]);
    offers("FROM a\nSTOPSIGNAL SIGQ|", &["SIGQUIT"]);
    offers("ARG V=1\nFROM a:$V|", &["V"]);
    offers("FROM a\nENV HOME=/a HOST=b\nWORKDIR ${HO|}/x", &["HOME", "HOST"]);
    offers("FROM a\nENV HOME=/a\nRUN cd \"$H|\"", &["HOME"]);
    offers("FROM a\nRUN echo \\\n  $|", &[]);
}

#[test]
fn nothing_is_offered_in_comments_and_texts() {
    let offers = |text: &str| assert_offers(Kind::Dockerfile, text, &[]);
    offers("# FR|");
    offers("# syntax=docker|\nFROM a");
    offers("FROM a\nRUN a \\\n # F|\n b");
    offers("FROM a\nRUN <<E\nFR|\nE\n");
    offers("FROM a\nRUN ap|");
    offers("FROM a\nENV A=\\$|");
    assert_offers(Kind::EasService, "{ // n|\n}", &[]);
    assert_offers(Kind::EasService, "{\"metadata\": {\"name\": \"|\"}}", &[]);
    assert_offers(Kind::RosTemplate, "Resou: 1 # R|", &[]);
    assert_offers(Kind::RosTemplate, "Description: |-\n  Reso|", &[]);
}

#[test]
fn what_is_chosen_takes_the_place_of_the_word() {
    let cases = [
        (Kind::Dockerfile, "from|", "FROM", "FROM "),
        (Kind::Dockerfile, "FROM a\nCOPY --fr| a b", "--from", "FROM a\nCOPY --from= a b"),
        (
            Kind::Dockerfile,
            "FROM a\nENV 端=1 B=2\nUSER ${B|}",
            "B",
            "FROM a\nENV 端=1 B=2\nUSER ${B}",
        ),
        (Kind::EasService, "{\"meta|\"}", "metadata", "{\"metadata\": }"),
        (Kind::EasService, "{\"meta|\": {}}", "metadata", "{\"metadata\": {}}"),
        (Kind::RosTemplate, "Res|", "Resources", "Resources: "),
        (Kind::EciRequest, "Cont|=1", "Container", "Container=1"),
        (Kind::EciRequest, "Container.1.Ima|", "Image", "Container.1.Image="),
        (Kind::EciRequest, "RestartPolicy=O|", "OnFailure", "RestartPolicy=OnFailure"),
    ];
    for (kind, text, label, expected) in cases {
        assert_eq!(chosen(kind, text, label), expected, "{text}");
    }
}

#[test]
fn keys_and_values_are_those_of_the_shape() {
    let eas = |text: &str, expected: &[&str]| assert_offers(Kind::EasService, text, expected);
    eas(
        "{\"metadata\": {\"resource_|\"}}",
        &["resource_id", "resource_burstable", "resource_rebalancing"],
    );
    eas(
        "{\"metadata\": {\"resource_id\": \"a\", \"resource_|\", \"resource_burstable\": true}}",
        &["resource_rebalancing"],
    );
    eas("{\"metadata\": {\"enable_grpc\": |}}", &["true", "false"]);
    eas("{\"metadata\": {\"enable_grpc\": t|", &["true"]);
    eas("{\"containers\": [{\"ima|", &["image"]);
    eas("[|]", &[]);
    let ros = |text: &str, expected: &[&str]| assert_offers(Kind::RosTemplate, text, expected);
    ros("Resources:\n  A:\n    Dele|", &["DeletionPolicy"]);
    ros("Resources:\n  A:\n    Type: x\n    DeletionPolicy: |\n", &["Retain", "Delete"]);
    ros("Resources:\n  A:\n    T|\n    Type: x\n", &[]);
    ros("ROSTemplateFormatVersion: |", &["2015-09-01"]);
    let eci = |text: &str, expected: &[&str]| assert_offers(Kind::EciRequest, text, expected);
    eci("Container.1.Name=a\nContainer.1.Na|", &[]);
    eci("Container.1.Name=a\nContainer.2.Na|", &["Name"]);
    eci("{\"RestartPolicy\": \"|\"}", &["Always", "OnFailure", "Never"]);
}

#[test]
fn details_are_in_the_language_and_show_no_secret() {
    let text = "FROM a\nENV API_TOKEN=abcdef123456 PORT=80\nUSER $";
    let all = completion(Kind::Dockerfile, text, text.len(), Lang::En);
    let details: Vec<&str> = all.iter().map(|one| one.detail.as_str()).collect();
    assert_eq!(details, ["••••", "80"]);
    let chinese = completion(Kind::Dockerfile, "EXPOS", 5, Lang::Zh);
    assert!(chinese[0].detail.contains("端口"), "{chinese:?}");
}
