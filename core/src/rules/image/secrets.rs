//! Secrets that stay in the image: in its environment, its history, its files.

use super::IMAGE;
use super::sources::{LAYERS_STAY, NO_SECRETS, SECRETS_STAY};
use crate::document::ImageView;
use crate::image::layer::{File, Layer, Removal};
use crate::image::paths::{PathId, ROOT, shown};
use crate::image::tar::EntryKind;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::secret::{SecretFile, is_secret, is_written_secret, secret_file, tokens};
use crate::text::{Text, text};

const HELP: Text = text(
    "take it out, revoke it, and build again: for the build use `RUN --mount=type=secret`, for the service give it when the container starts",
    "将其移除并吊销后重新构建：构建时使用 `RUN --mount=type=secret`，服务所需的请在容器启动时提供",
);

const WHY: Text = text(
    "Whoever may pull the image reads it; a later step cannot take it back.",
    "任何能拉取镜像的人都能读取，后续步骤无法收回。",
);

pub(super) static ENV: Rule = Rule {
    id: "image/env-secret",
    severity: Severity::Error,
    summary: text("a secret in the image's environment", "镜像环境变量中包含密钥"),
    message: text("the variable `{name}` holds a secret", "变量 `{name}` 中包含密钥"),
    why: WHY,
    help: HELP,
    rests_on: &[&SECRETS_STAY, &NO_SECRETS],
    aliases: &["CIS-DI-0010"],
    examples: &[
        bad(r#"{"images": [{"env": ["PATH=/bin", "«DB_PASSWORD=hunter2»"]}]}"#),
        bad(r#"{"images": [{"env": ["«ACCESS_ID=LTAI5tQk8Rz3Lw7Xn2Vb9YcD»"]}]}"#),
        good(r#"{"images": [{"env": ["DB_PASSWORD=", "DB_PASSWORD_FILE=/run/secrets/db"]}]}"#),
        good(r#"{"images": [{"env": ["GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568"]}]}"#),
    ],
    check: |cx, found| {
        for view in cx.images() {
            for (index, entry) in view.config.env.iter().flatten().enumerate() {
                let Some((name, value)) = entry.split_once('=') else { continue };
                if is_secret(name, value) {
                    let finding = found.add(&ENV, view.item_at("env", index));
                    finding.arg("name", shown(name.as_bytes()));
                }
            }
        }
    },
    ..IMAGE
};

pub(super) static HISTORY: Rule = Rule {
    id: "image/history-secret",
    severity: Severity::Error,
    summary: text("a secret in the image's history", "镜像历史中包含密钥"),
    message: text("a step of the history holds the secret `{name}`", "历史步骤中包含密钥 `{name}`"),
    why: text(
        "`docker history` shows it to whoever may pull the image, even where the variable is empty by now.",
        "任何能拉取镜像的人都可用 `docker history` 查看，即使该变量现在为空。",
    ),
    help: HELP,
    rests_on: &[&SECRETS_STAY, &NO_SECRETS],
    aliases: &["CIS-DI-0010"],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«|1 NPM_TOKEN=s3cr3tvalue /bin/sh -c npm ci»", "files": []}]}]}"#,
        ),
        bad(r#"{"images": [{"steps": ["CMD [\"/app\"]", "«ENV DB_PASSWORD=hunter2»"]}]}"#),
        good(
            r#"{"images": [{"layers": [{"history": "RUN /bin/sh -c npm ci # buildkit", "files": []}]}]}"#,
        ),
        // The environment tells of this one.
        good(
            r#"{"images": [{"env": ["DB_PASSWORD=hunter2"], "steps": ["ENV DB_PASSWORD=hunter2"]}]}"#,
        ),
    ],
    check: history,
    ..IMAGE
};

fn history(cx: &Context<'_>, found: &mut Findings) {
    for view in cx.images() {
        for (step, at) in view.steps() {
            if let Some(name) = secret_in(&view, step) {
                found.add(&HISTORY, at).arg("name", name);
            }
        }
    }
}

/// What secret a step holds that the environment does not tell of: the variable's name, or whose
/// token it is.
fn secret_in(view: &ImageView<'_>, step: &str) -> Option<String> {
    for word in step.split([' ', '\t', '\n', '"', '\'', ';', '&']) {
        let Some((name, value)) = word.split_once('=') else { continue };
        let name = name.trim_start_matches('-');
        let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let is_told = view.config.variable(name).is_some_and(|known| !known.is_empty());
        if is_name && !is_told && !value.starts_with('$') && is_secret(name, value) {
            return Some(name.to_owned());
        }
    }
    let in_environment =
        |token: &str| view.config.env.iter().flatten().any(|one| one.contains(token));
    let mut found = tokens(step).into_iter();
    let found =
        found.find(|one| step.get(one.start..one.end).is_some_and(|it| !in_environment(it)));
    found.map(|one| one.owner.to_owned())
}

pub(super) static FILE: Rule = Rule {
    id: "image/secret-file",
    severity: Severity::Error,
    summary: text("a file with a secret in the image", "镜像中包含密钥文件"),
    message: text("`{path}` holds credentials", "`{path}` 中包含凭据"),
    why: WHY,
    help: text(
        "keep it out of the build with .dockerignore, mount it where it is needed (`RUN --mount=type=secret`), and revoke it",
        "用 .dockerignore 将其排除，需要时以 `RUN --mount=type=secret` 挂载，并吊销该密钥",
    ),
    rests_on: &[&SECRETS_STAY, &NO_SECRETS],
    aliases: &["CIS-DI-0010"],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«COPY . /app»", "files": [{"path": "/app/.env", "text": "PORT=80\nDB_PASSWORD=hunter2\n"}]}]}]}"#,
        ),
        bad(
            r#"{"images": [{"layers": [{"history": "«COPY . /root»", "files": [{"path": "/root/.ssh/id_ed25519", "text": "-----BEGIN OPENSSH PRIVATE KEY-----\n"}]}]}]}"#,
        ),
        bad(
            r#"{"images": [{"layers": [{"history": "«COPY tls /tls»", "files": [{"path": "/tls/server.pem", "text": "-----BEGIN PRIVATE KEY-----\n"}]}]}]}"#,
        ),
        bad(
            r#"{"images": [{"layers": [{"history": "«RUN ssh-keygen -A»", "files": [{"path": "/etc/ssh/ssh_host_rsa_key", "bytes": 2602}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/app/.env", "text": "PORT=80\n"}, {"path": "/etc/ssl/cert.pem", "text": "-----BEGIN CERTIFICATE-----\n"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/usr/lib/python3.11/test/keycert.pem", "text": "-----BEGIN PRIVATE KEY-----\n"}]}]}]}"#,
        ),
    ],
    check: |cx, found| files(cx, found, false),
    ..IMAGE
};

pub(super) static DELETED: Rule = Rule {
    id: "image/secret-file-deleted",
    severity: Severity::Error,
    summary: text("a secret that was deleted, but stays in a layer", "密钥文件已删除，但仍在层中"),
    message: text(
        "`{path}` is gone from the container, but layer {number} still holds its credentials",
        "容器中已没有 `{path}`，但第 {number} 层仍包含其凭据",
    ),
    why: text(
        "A later step hides the file and does not remove it: whoever may pull the image unpacks the layer and reads it.",
        "后续步骤只是隐藏而未移除该文件：任何能拉取镜像的人都可解开该层读取。",
    ),
    help: text(
        "mount it for the one step that needs it (`RUN --mount=type=secret`), build again, and revoke it",
        "仅在需要的步骤挂载（`RUN --mount=type=secret`），重新构建，并吊销该密钥",
    ),
    rests_on: &[&LAYERS_STAY, &NO_SECRETS],
    aliases: &["CIS-DI-0010"],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«COPY .netrc /root/»", "files": [{"path": "/root/.netrc", "text": "machine a login b password hunter2"}]}, {"history": "RUN rm /root/.netrc", "files": [{"removed": "/root/.netrc"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/root/a", "text": "b"}]}, {"files": [{"removed": "/root/a"}]}]}]}"#,
        ),
    ],
    check: |cx, found| files(cx, found, true),
    ..IMAGE
};

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    PrivateKey,
    Credentials,
}

/// The most files of an image that are told of: who has more knows what to do.
const MOST_TOLD: usize = 50;

fn files(cx: &Context<'_>, found: &mut Findings, deleted: bool) {
    let rule = if deleted { &DELETED } else { &FILE };
    for view in cx.images() {
        if view.layers.iter().any(|layer| !layer.is_some_and(Layer::is_whole)) {
            // What was read is judged all the same.
            found.unknown(rule, view.unread_at());
        }
        let whole = view.whole_layers().unwrap_or_default();
        let seen = |file: &File| view.files(&whole)?.tree.at(file.path, &whole);
        let mut told = 0;
        for (index, layer) in view.layers.iter().enumerate() {
            let Some(layer) = layer else { continue };
            for file in &layer.files {
                let held = held(&view, layer, file).filter(|_| told < MOST_TOLD);
                let Some(held) = held else { continue };
                let is_seen = seen(file).is_some_and(|seen| seen.layer == index);
                let hidden_by = if is_seen { None } else { hidden_by(&view, index, file) };
                if hidden_by.is_some() != deleted {
                    continue;
                }
                told += 1;
                let finding = found.add(rule, view.layer_at(index));
                finding.arg("path", view.facts.paths.shown(file.path)).arg("number", index + 1);
                match (deleted, held) {
                    (_, Held::Credentials) => {}
                    (false, Held::PrivateKey) => {
                        finding.says(text("`{path}` holds a private key", "`{path}` 中包含私钥"));
                    }
                    (true, Held::PrivateKey) => {
                        finding.says(text(
                            "`{path}` is gone from the container, but layer {number} still holds its private key",
                            "容器中已没有 `{path}`，但第 {number} 层仍包含其私钥",
                        ));
                    }
                }
                if let Some(by) = hidden_by {
                    finding.related(view.layer_at(by), text("hidden by this step", "被此步骤隐藏"));
                }
            }
        }
    }
}

/// Folders of programs, whose keys are made for tests and samples.
const PROGRAMS: &[&str] = &[
    "/usr/lib/",
    "/usr/lib64/",
    "/usr/share/",
    "/usr/local/lib/",
    "/usr/local/share/",
    "/usr/local/go/",
    "/site-packages/",
    "/dist-packages/",
    "/node_modules/",
    "/test/",
    "/tests/",
    "/testdata/",
    "/conda/pkgs/",
];

/// The secret in `file`, if its name or its text shows one.
fn held(view: &ImageView<'_>, layer: &Layer, file: &File) -> Option<Held> {
    if file.kind != EntryKind::File || file.size == 0 {
        return None;
    }
    let paths = &view.facts.paths;
    let name = std::str::from_utf8(paths.name(file.path)).ok()?;
    // Most files end here.
    let is_host_key = name.starts_with("ssh_host_") && name.ends_with("_key");
    let may_be = is_host_key
        || name.starts_with('.')
        || name.starts_with("id_")
        || matches!(name, "credentials" | "kubeconfig" | "config" | "config.json" | "_netrc")
        || [".pem", ".key", ".p12", ".pfx", ".ppk", ".kdbx"].iter().any(|end| name.ends_with(end));
    if !may_be {
        return None;
    }
    let path = String::from_utf8(paths.full(file.path)).ok()?;
    if PROGRAMS.iter().any(|folder| path.contains(folder)) {
        return None;
    }
    if is_host_key {
        return Some(Held::PrivateKey);
    }
    let text = layer.kept(file.path).and_then(|bytes| std::str::from_utf8(bytes).ok());
    if text.is_some_and(|text| text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----")) {
        return Some(Held::PrivateKey);
    }
    let sure = secret_file(&path);
    if name.ends_with(".pem") || name.ends_with(".key") || name.starts_with("id_") {
        // These are keys or nothing.
        return None;
    }
    match (sure?, text) {
        (_, Some(text)) => holds_credentials(name, text).then_some(Held::Credentials),
        (SecretFile::Surely, None) => Some(Held::Credentials),
        (SecretFile::Often, None) => None,
    }
}

fn holds_credentials(name: &str, text: &str) -> bool {
    if !tokens(text).is_empty() {
        return true;
    }
    match name {
        ".netrc" | "_netrc" => {
            let mut words = text.split_whitespace();
            words.any(|word| word == "password") && words.next().is_some()
        }
        // Passwords stand in every line that is one.
        ".git-credentials" | ".pgpass" | ".htpasswd" => {
            text.lines().any(|line| line.contains(':') && !line.starts_with('#'))
        }
        "config.json" | ".dockercfg" => {
            ["\"auth\"", "\"identitytoken\"", "\"password\""].iter().any(|key| {
                let after =
                    text.split_once(key).map(|(_, rest)| rest.trim_start_matches([':', ' ']));
                after.is_some_and(|rest| rest.starts_with('"') && !rest.starts_with("\"\""))
            })
        }
        _ => text.lines().any(|line| {
            let line = line.trim().trim_start_matches("export ");
            // npm writes an address before the name.
            let ends: &[char] = if line.starts_with("//") { &['='] } else { &['=', ':'] };
            let Some((name, value)) = line.split_once(ends) else { return false };
            let name = name.rsplit([':', '/', '.']).next().unwrap_or(name).trim();
            let value = value.trim().trim_matches(['"', '\'']);
            let name = name.trim_start_matches('_').replace('-', "_");
            let is_token = name == "authToken" || name == "auth" || name.ends_with("_data");
            !line.starts_with('#')
                && !value.contains("${")
                && (is_secret(&name, value) || is_token && is_written_secret(value))
        }),
    }
}

/// The layer that hides `file` of the layer at `index` from the container.
fn hidden_by(view: &ImageView<'_>, index: usize, file: &File) -> Option<usize> {
    let paths = &view.facts.paths;
    let is_above = |folder: PathId, path: PathId| {
        let mut at = path;
        while at != ROOT {
            at = paths.parent(at);
            if at == folder {
                return true;
            }
        }
        false
    };
    let hides = |layer: &Layer| {
        layer.removals.iter().any(|removal| match *removal {
            Removal::Path(path) => path == file.path || is_above(path, file.path),
            Removal::Contents(folder) => is_above(folder, file.path),
        }) || layer.files.iter().any(|one| {
            one.path == file.path
                || one.kind != EntryKind::Directory && is_above(one.path, file.path)
        })
    };
    let above = view.layers.iter().enumerate().skip(index + 1);
    above
        .filter_map(|(at, layer)| Some((at, (*layer)?)))
        .find(|(_, one)| hides(one))
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::holds_credentials;

    #[test]
    fn a_file_is_judged_by_what_it_says() {
        let holding = [
            (".npmrc", "//registry.test/:_authToken=abcdef0123456789\n"),
            (".netrc", "machine a\nlogin b\npassword c\n"),
            ("config.json", r#"{"auths":{"a":{"auth":"YTpi"}}}"#),
            (".pypirc", "[pypi]\nusername = a\npassword = hunter2\n"),
            ("credentials", "[default]\naws_secret_access_key = abcdefgh\n"),
            (".env", "export API_KEY='abc123'\n"),
        ];
        for (name, text) in holding {
            assert!(holds_credentials(name, text), "{name}");
        }
        let plain = [
            (".npmrc", "registry=https://registry.test/\n//a/:_authToken=${NPM_TOKEN}\n"),
            (".netrc", "# none\n"),
            ("config.json", r#"{"auths":{"a":{"auth":""}},"credsStore":"x"}"#),
            (".env", "# DB_PASSWORD=hunter2\nPORT=80\nDB_PASSWORD=\n"),
        ];
        for (name, text) in plain {
            assert!(!holds_credentials(name, text), "{name}");
        }
    }
}
