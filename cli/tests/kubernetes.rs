//! Manifests and docker's config.json: nothing shows a login, others' files are let be, and no
//! bytes upset the rules.

mod program;

use std::path::PathBuf;

use plimsoll::{Project, Settings, check};

use program::plimsoll;

/// `{"auths":{"harbor.acme.example":{"auth":"…"}}}` with the Base64 of `shop:Vq7-blue-kettle`.
const PAYLOAD: &str = "eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0RwV2NUY3RZbXgxWlMxclpYUjBiR1U9In19fQ==";
const AUTH: &str = "c2hvcDpWcTctYmx1ZS1rZXR0bGU=";
const PASSWORD: &str = "Vq7-blue-kettle";

fn folder(name: &str, files: &[(&str, String)]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("plimsoll-k8s-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    for (path, text) in files {
        std::fs::write(folder.join(path), text).expect("the file can be written");
    }
    folder
}

fn secret(kind: &str, rest: &str) -> String {
    format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: pull}}\ntype: {kind}\n{rest}\n")
}

/// Every way in which the login can be written, right and wrong.
fn manifests() -> Vec<String> {
    const NEW: &str = "kubernetes.io/dockerconfigjson";
    let json = format!(r#"{{"auths":{{"harbor.acme.example":{{"auth":"{AUTH}"}}}}}}"#);
    let plain = format!(
        r#"{{"auths":{{"docker.io":{{"username":"shop","password":"{PASSWORD}","auth":"shop:{PASSWORD}"}}}}}}"#
    );
    let (front, back) = PAYLOAD.split_at(40);
    vec![
        secret(NEW, &format!("data:\n  .dockerconfigjson: {PAYLOAD}")),
        secret(NEW, &format!("data: {{.dockerconfigjson: {PAYLOAD}}}")),
        secret(NEW, &format!("data:\n  .dockerconfigjson: |\n    {front}\n    {back}")),
        secret(NEW, &format!("data:\n  .dockerconfigjson:\n    {front}\n    {back}")),
        secret(NEW, &format!("data:\n  .dockerconfigjson: '{json}'")),
        secret(NEW, &format!("stringData:\n  .dockerconfigjson: {PAYLOAD}")),
        secret(NEW, &format!("stringData:\n  .dockerconfigjson: '{json}'")),
        secret(NEW, &format!("stringData:\n  .dockerconfigjson: |\n    {plain}")),
        secret("kubernetes.io/dockercfg", &format!("data:\n  .dockercfg: {PAYLOAD}")),
        secret("Opaque", &format!("data:\n  config.json: {PAYLOAD}")),
        // Broken in front of it and behind.
        secret(NEW, &format!("data:\n  .dockerconfigjson: {PAYLOAD}\n broken: [")),
        secret(NEW, &format!("data: [\n  .dockerconfigjson: {PAYLOAD}")),
        secret(NEW, &format!("stringData:\n  .dockerconfigjson: '{}", &json[..json.len() - 3])),
    ]
}

#[test]
fn no_report_and_no_diff_repeats_a_login() {
    let pod = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [pull]\n  containers: [{name: a, image: 'registry.acme.example/a:1'}]\n";
    let mut cases: Vec<(&str, String)> =
        manifests().into_iter().map(|text| ("a.yml", text + pod)).collect();
    for login in [AUTH.to_owned(), format!("shop:{PASSWORD}")] {
        let json = format!(
            r#"{{"auths": {{"docker.io": {{"username": "shop", "password": "{PASSWORD}", "auth": "{login}"}}}},}}"#
        );
        cases.push((".dockerconfigjson", json[..json.len() - 4].to_owned()));
        cases.push((".dockerconfigjson", json));
    }
    for (index, (name, text)) in cases.into_iter().enumerate() {
        let files = [(name, text), ("Dockerfile", "FROM nginx:1.27\n".to_owned())];
        let folder = folder("secret", &files);
        for arguments in [
            &["check", "--strict"][..],
            &["check", "--strict", "--format", "json"],
            &["fix", "--diff", "--unsafe", "--strict"],
        ] {
            let run = plimsoll(&folder, arguments, b"");
            let all = run.stdout + &run.stderr;
            let whole = [PASSWORD, AUTH, PAYLOAD, &PAYLOAD[..40], &PAYLOAD[40..]];
            let leaks = whole.iter().any(|secret| all.contains(secret));
            // The failure does not show it either.
            assert!(!leaks, "{arguments:?} shows the login of case {index}");
        }
    }
}

fn rules(files: &[(&str, &str)]) -> Vec<String> {
    let (project, _) = Project::from_files(files.iter().map(|(path, text)| (*path, *text)));
    let report = check(&project, &Settings::default());
    report.findings.iter().map(|one| one.rule.to_string()).collect()
}

#[test]
fn what_is_nobodys_mistake_is_let_be() {
    let quiet = [
        // Helm's templates are no manifests yet.
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ include \"a.name\" . }}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: {{ template \"a\" . }}\n",
        // Kinds of others.
        "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: pull}\nspec:\n  target: {name: pull}\n  data: [{secretKey: .dockerconfigjson}]\n",
        "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: pull}\nspec: {encryptedData: {.dockerconfigjson: AgB}, template: {type: kubernetes.io/dockerconfigjson}}\n",
        // Comments alone, and documents between.
        "# nothing\n---\n# here\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n",
        // Configuration of tools has a kind and no name.
        "apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nnodes: [{role: worker}]\n",
        "apiVersion: v1\nkind: Config\nclusters: []\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yml]\n",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 3}\n",
    ];
    for text in quiet {
        assert_eq!(rules(&[("a.yml", text)]), [""; 0], "{text}");
    }
    let patched = [
        (
            "kustomization.yml",
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yml]\n",
        ),
        (
            "a.yml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, image: 'a:1'}]}}}\n",
        ),
    ];
    assert_eq!(rules(&patched), [""; 0]);
}

#[test]
fn a_list_is_looked_into() {
    let list = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: pull}\n  type: kubernetes.io/dockerconfigjson\n";
    assert_eq!(rules(&[("a.yml", list)]), ["kubernetes/secret-key-missing"]);
}

#[test]
fn no_text_upsets_the_rules() {
    for text in manifests() {
        let text = text.replace("shop", "端口")
            + "---\napiVersion: v1\nkind: Pod\nspec: {imagePullSecrets: [a, {name: pull}, {b: c}, []], containers: [{image: 端}, 3]}\n";
        let ends = (0..text.len()).step_by(7);
        for end in ends.filter(|end| text.is_char_boundary(*end)) {
            rules(&[("a.yml", &text[..end])]);
        }
    }
}
