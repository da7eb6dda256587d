//! What of documents of every kind is covered.

use crate::document::{Document, Kind};
use crate::text::{Source, SourceId};

fn covered(kind: Kind, text: &str) -> String {
    let document = Document::read(SourceId(0), kind, Source::new("x", text));
    document.covered().text().to_owned()
}

#[track_caller]
fn all(kind: Kind, cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, wanted) in cases {
        let shown = covered(kind, text);
        if shown != *wanted {
            wrong.push(format!("{text:?}\n  is     {shown:?}\n  wanted {wanted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_whole_value_of_a_variable_is_covered() {
    all(
        Kind::Dockerfile,
        &[
            ("ENV DB_PASSWORD=ab,CD X=y\n", "ENV DB_PASSWORD=•••• X=y\n"),
            ("ENV DB_PASSWORD=ab\\ CD X=y\n", "ENV DB_PASSWORD=•••• X=y\n"),
            ("ENV DB_PASSWORD=ab\"C D\" X=y\n", "ENV DB_PASSWORD=•••• X=y\n"),
            ("ENV DB_PASSWORD=ab'C D' X=y\n", "ENV DB_PASSWORD=•••• X=y\n"),
            ("ENV DB_PASSWORD=\"ab CD\" X=y\n", "ENV DB_PASSWORD=\"••••\" X=y\n"),
            ("ENV DB_PASSWORD ab CD\n", "ENV DB_PASSWORD ••••\n"),
            ("LABEL password ab CD\n", "LABEL password ••••\n"),
            ("LABEL \"a.password\"=\"ab CD\"\n", "LABEL \"a.password\"=\"••••\"\n"),
            ("ENV DB_PASSWORD=ab\\\nCD\nRUN x\n", "ENV DB_PASSWORD=••••\\\n••••\nRUN x\n"),
            ("ENV DB_PASS\\\nWORD=abCD\nRUN x\n", "ENV DB_PASS\\\nWORD=••••\nRUN x\n"),
            ("ENV P_TOKEN='$ecret'\n", "ENV P_TOKEN='••••'\n"),
            ("ENV P_TOKEN=$ecret\n", "ENV P_TOKEN=$ecret\n"),
            ("ENV X_TOKEN=${X-abCD}\n", "ENV X_TOKEN=${X-••••}\n"),
            ("WORKDIR x${API_TOKEN:-abCD}\n", "WORKDIR x${API_TOKEN:-••••}\n"),
            ("ONBUILD ENV DB_PASSWORD ab CD\n", "ONBUILD ENV DB_PASSWORD ••••\n"),
            ("ARG TOKEN\nRUN apt install -y foo\n", "ARG TOKEN\nRUN apt install -y foo\n"),
            ("ENV DB_PASSWORD=\"\"\n", "ENV DB_PASSWORD=\"\"\n"),
        ],
    );
}

#[test]
fn what_programs_take_as_a_password_is_covered() {
    all(
        Kind::Dockerfile,
        &[
            ("RUN mysql -u root -pab\\;CD db\n", "RUN mysql -u root -p•••• db\n"),
            ("RUN sh -c 'mysql -pab\\;CD db'\n", "RUN sh -c 'mysql -p•••• db'\n"),
            ("CMD [\"mysql\", \"-p$ecret;x\", \"db\"]\n", "CMD [\"mysql\", \"-p••••\", \"db\"]\n"),
            (
                "CMD [\"redis-server\", \"--requirepass\", \"ab CD\"]\n",
                "CMD [\"redis-server\", \"--requirepass\", \"••••\"]\n",
            ),
            (
                "CMD [\"sh\", \"-c\", \"redis-cli -a 'ab CD' ping\"]\n",
                "CMD [\"sh\", \"-c\", \"redis-cli -a '••••' ping\"]\n",
            ),
            ("HEALTHCHECK CMD curl -u \"u:ab CD\" h\n", "HEALTHCHECK CMD curl -u \"u:••••\" h\n"),
            (
                "RUN echo abCD \\\n  | passwd --stdin u\n",
                "RUN echo •••• \\\n  | passwd --stdin u\n",
            ),
            ("RUN printf 'abCD\\nabCD' | passwd u\n", "RUN printf '••••' | passwd u\n"),
            ("RUN x --password=ab\\\nCD y\n", "RUN x --password=••••\\\n•••• y\n"),
            ("RUN export API_TOKEN=a\"b C\"D && y\n", "RUN export API_TOKEN=•••• && y\n"),
            ("RUN <<EOF\nAPI_TOKEN=ab\\ CD y\nEOF\n", "RUN <<EOF\nAPI_TOKEN=•••• y\nEOF\n"),
            (
                "RUN curl -H \"Authorization: Bearer ab CD\" h\n",
                "RUN curl -H \"Authorization: Bearer ••••\" h\n",
            ),
            (
                "CMD [\"curl\", \"-H\", \"Authorization: Bearer ab CD\"]\n",
                "CMD [\"curl\", \"-H\", \"Authorization: Bearer ••••\"]\n",
            ),
        ],
    );
}

#[test]
fn what_a_tree_says_is_covered() {
    all(
        Kind::EasService,
        &[
            ("{\"Password\": \"$ecretX\"}", "{\"Password\": \"••••\"}"),
            ("{\"Password\": \"$TOKEN\"}", "{\"Password\": \"$TOKEN\"}"),
            (
                "{\"value\":\"ab CD\",\"name\":\"DB_PASSWORD\"}",
                "{\"value\":\"••••\",\"name\":\"DB_PASSWORD\"}",
            ),
            (
                "{\"name\":\"DB_PASS\\u0057ORD\",\"value\":\"ab}CD\"}",
                "{\"name\":\"DB_PASS\\u0057ORD\",\"value\":\"••••\"}",
            ),
            ("{\"DB_PASS\\u0057ORD\":\"ab}CD\"}", "{\"DB_PASS\\u0057ORD\":\"••••\"}"),
            ("{\"dockerAuth\":[\"ab CD\"]}", "{\"dockerAuth\":[\"••••\"]}"),
            ("{\"dockerAuth\":{\"p\":\"ab CD\"}}", "{\"dockerAuth\":{\"p\":\"••••\"}}"),
            ("{\"dockerAuht\":\"ab CD\"}", "{\"dockerAuht\":\"••••\"}"),
            (
                "{\"auths\":{\"h\":{\"auth\":[\"abCD\"]}}}",
                "{\"auths\":{\"h\":{\"auth\":[\"••••\"]}}}",
            ),
            ("{\"password\": 12345}", "{\"password\": ••••}"),
            ("{\"password\": \"ab\\\"CD\"}", "{\"password\": \"••••\"}"),
            ("{\"command\": \"mysql -pabCD\"}", "{\"command\": \"mysql -p••••\"}"),
            ("{\"command\": [\"mysql\", \"-pab CD\"]}", "{\"command\": [\"mysql\", \"-p••••\"]}"),
            ("{\"env\": [\"DB_PASS=ab CD\"]}", "{\"env\": [\"DB_PASS=••••\"]}"),
            (
                "{\"generate_token\": true, \"max_tokens\": 5}",
                "{\"generate_token\": true, \"max_tokens\": 5}",
            ),
        ],
    );
    all(
        Kind::RosTemplate,
        &[
            (
                "Parameters:\n  Foo: {Type: Strng, NoEcho: true, Default: abCD}\n",
                "Parameters:\n  Foo: {Type: Strng, NoEcho: true, Default: ••••}\n",
            ),
            (
                "Parameters:\n  Password:\n    Type: String\n    AllowedValues: [abCD, efGH]\n    Default: |-\n      abCD\n",
                "Parameters:\n  Password:\n    Type: String\n    AllowedValues: [••••, ••••]\n    Default: |-\n      ••••\n",
            ),
            (
                "Parameters:\n  Password:\n    Type: String\n    Label:\n      en: Password\n",
                "Parameters:\n  Password:\n    Type: String\n    Label:\n      en: Password\n",
            ),
        ],
    );
    all(
        Kind::Kubernetes,
        &[
            ("kind: Secret\nstringData:\n  a: ab CD\n", "kind: Secret\nstringData:\n  a: ••••\n"),
            (
                "env:\n- name: DB_PASS\n  value: ab CD\n- name: PORT\n  value: \"80\"\n",
                "env:\n- name: DB_PASS\n  value: ••••\n- name: PORT\n  value: \"80\"\n",
            ),
            (
                "imagePullSecrets:\n- name: pull\nvolumes:\n- secret:\n    secretName: s\n",
                "imagePullSecrets:\n- name: pull\nvolumes:\n- secret:\n    secretName: s\n",
            ),
        ],
    );
    all(
        Kind::Compose,
        &[
            (
                "services:\n  a:\n    environment:\n      - DB_PASS=ab CD\n",
                "services:\n  a:\n    environment:\n      - DB_PASS=••••\n",
            ),
            (
                "services:\n  a:\n    command: --requirepass ab,CD\n",
                "services:\n  a:\n    command: --requirepass ••••\n",
            ),
            (
                "services:\n  a:\n    environment:\n      DB_PASS: ${DB_PASS:-abCD}\n    secrets:\n      - db\n",
                "services:\n  a:\n    environment:\n      DB_PASS: ${DB_PASS:-••••}\n    secrets:\n      - db\n",
            ),
        ],
    );
}

#[test]
fn requests_and_scripts_are_covered() {
    all(
        Kind::EciRequest,
        &[(
            "C.1.EnvironmentVar.1.Value=ab CD\nC.1.EnvironmentVar.1.Key=DB_PASS\n",
            "C.1.EnvironmentVar.1.Value=••••\nC.1.EnvironmentVar.1.Key=DB_PASS\n",
        )],
    );
    all(
        Kind::Shell,
        &[
            ("#!/bin/sh\nDB_PASS='ab\ncd' x\n", "#!/bin/sh\nDB_PASS='••••\n••••' x\n"),
            ("#!/bin/sh\nexport DB_PASS=$(cat f)\n", "#!/bin/sh\nexport DB_PASS=$(cat f)\n"),
            ("#!/bin/sh\necho \"abCD\" | sudo -S ls\n", "#!/bin/sh\necho \"••••\" | sudo -S ls\n"),
        ],
    );
}

#[test]
fn a_secret_is_covered_wherever_it_stands_again() {
    all(
        Kind::Dockerfile,
        &[
            ("ENV DB_PASS=hunter2x9\nRUN x hunter2x9\n", "ENV DB_PASS=••••\nRUN x ••••\n"),
            ("ENV DB_PASS=postgres\nRUN x postgres\n", "ENV DB_PASS=••••\nRUN x postgres\n"),
        ],
    );
}
