//! Who the container runs as, and where it starts.

use super::IMAGE;
use super::account::{self, User, accounts};
use super::inside;
use super::sources::{ACCOUNTS, NOT_AS_ROOT, USER_FORM};
use crate::image::paths::shown;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static ROOT: Rule = Rule {
    id: "image/user-is-root",
    severity: Severity::Info,
    summary: text("the container runs as root", "容器以 root 运行"),
    message: text("the container runs as root ({told})", "容器以 root 运行（{told}）"),
    why: text(
        "Whoever breaks into the service owns the container, and a cluster with the restricted policy refuses it.",
        "攻破服务的人即控制整个容器；采用 restricted 策略的集群会拒绝运行。",
    ),
    help: text(
        "end the Dockerfile with USER and a number that is not 0, unless the platform demands root",
        "在 Dockerfile 末尾用 USER 切换到非 0 的用户编号，除非平台要求 root",
    ),
    rests_on: &[&NOT_AS_ROOT, &USER_FORM],
    aliases: &["CIS-DI-0001"],
    examples: &[
        bad(
            r#"{"images": [{"config_digest": "«sha256:aa»", "user": "", "layers": [{"files": []}]}]}"#,
        ),
        bad(r#"{"images": [{"user": "«0:0»", "layers": [{"files": []}]}]}"#),
        bad(
            r#"{"images": [{"user": "«app»", "layers": [{"files": [{"path": "/etc/passwd", "text": "root:x:0:0::/root:/bin/sh\napp:x:0:0::/app:/bin/sh\n"}]}]}]}"#,
        ),
        good(r#"{"images": [{"user": "1000", "layers": [{"files": []}]}]}"#),
        good(
            r#"{"images": [{"user": "app", "layers": [{"files": [{"path": "/etc/passwd", "text": "app:x:1000:1000::/app:/bin/sh\n"}]}]}]}"#,
        ),
    ],
    check: root,
    ..IMAGE
};

fn root(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &ROOT, |view, files, found| {
        if !matches!(account::user(view, files), User::Known { uid: 0, .. }) {
            return;
        }
        match view.config.user.as_deref() {
            Some(told) => {
                let finding = found.add(&ROOT, view.at("user"));
                finding.arg("told", format!("USER {}", shown(told.as_bytes())));
            }
            None => {
                let finding = found.add(&ROOT, view.at("config_digest"));
                finding.says(text(
                    "the container runs as root: the image has no USER",
                    "容器以 root 运行：镜像没有 USER",
                ));
            }
        }
    });
}

pub(super) static UNKNOWN: Rule = Rule {
    id: "image/user-unknown",
    severity: Severity::Error,
    summary: text("a user that the image does not know", "镜像中没有该用户"),
    message: text("there is no user `{name}` in the image", "镜像中没有用户 `{name}`"),
    why: text(
        "The runtime looks the name up in the image and does not start the container: `unable to find user`.",
        "运行时在镜像中查找该名称，找不到则无法启动容器：`unable to find user`。",
    ),
    help: text(
        "create it with `RUN useradd`, or give the number: USER 1000",
        "用 `RUN useradd` 创建该用户，或使用编号：USER 1000",
    ),
    rests_on: &[&USER_FORM],
    examples: &[
        bad(
            r#"{"images": [{"user": "«app»", "layers": [{"files": [{"path": "/etc/passwd", "text": "root:x:0:0::/root:/bin/sh\n"}]}]}]}"#,
        ),
        bad(r#"{"images": [{"user": "«app»", "layers": [{"files": []}]}]}"#),
        bad(r#"{"images": [{"user": "«1000:staff»", "layers": [{"files": []}]}]}"#),
        good(r#"{"images": [{"user": "1000:100", "layers": [{"files": []}]}]}"#),
        good(
            r#"{"images": [{"user": "app:staff", "layers": [{"files": [{"path": "/etc/passwd", "text": "app:x:1000:1000::/app:/bin/sh\n"}, {"path": "/etc/group", "text": "staff:x:50:\n"}]}]}]}"#,
        ),
    ],
    check: unknown,
    ..IMAGE
};

fn unknown(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &UNKNOWN, |view, files, found| match account::user(view, files) {
        User::Known { .. } => {}
        User::Nobody(name) => {
            found.add(&UNKNOWN, view.at("user")).arg("name", shown(name.as_bytes()));
        }
        User::NoGroup(name) => {
            let finding = found.add(&UNKNOWN, view.at("user"));
            finding
                .arg("name", shown(name.as_bytes()))
                .says(text("there is no group `{name}` in the image", "镜像中没有组 `{name}`"));
        }
    });
}

pub(super) static HOME: Rule = Rule {
    id: "image/user-home-missing",
    severity: Severity::Info,
    summary: text("the user's home folder is not in the image", "用户主目录不在镜像中"),
    message: text("the home folder `{path}` is not in the image", "镜像中没有主目录 `{path}`"),
    why: text(
        "Libraries that keep caches and settings there (pip, Hugging Face, matplotlib) fail or warn.",
        "在该处保存缓存和设置的库（pip、Hugging Face、matplotlib）会失败或告警。",
    ),
    help: text("create it: `useradd --create-home`", "创建主目录：`useradd --create-home`"),
    rests_on: &[&USER_FORM],
    examples: &[
        bad(
            r#"{"images": [{"user": "«app»", "layers": [{"files": [{"path": "/etc/passwd", "text": "app:x:1000:1000::/home/app:/bin/sh\n"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"user": "app", "layers": [{"files": [{"path": "/home/app/model.py"}, {"path": "/etc/passwd", "text": "app:x:1000:1000::/home/app:/bin/sh\n"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"user": "nobody", "layers": [{"files": [{"path": "/etc/passwd", "text": "nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin\n"}]}]}]}"#,
        ),
    ],
    check: home,
    ..IMAGE
};

fn home(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &HOME, |view, files, found| {
        let User::Known { home: Some(home), .. } = account::user(view, files) else { return };
        let is_meant = home.is_empty() || home.contains("nonexist") || home.contains("empty");
        if !is_meant && home.starts_with('/') && !inside::has_folder(files, &home) {
            found.add(&HOME, view.at("user")).arg("path", shown(home.as_bytes()));
        }
    });
}

pub(super) static WORKDIR: Rule = Rule {
    id: "image/workdir-missing",
    severity: Severity::Info,
    strict: true,
    summary: text("the working folder is not in the image", "工作目录不在镜像中"),
    message: text("the working folder `{path}` is not in the image", "镜像中没有工作目录 `{path}`"),
    why: text(
        "Runtimes create it, empty and owned by root: what the program expects there is not.",
        "运行时会创建它，但为空且属于 root：程序所期望的内容不在其中。",
    ),
    help: text("mend WORKDIR, or copy into it", "修正 WORKDIR，或将文件复制到其中"),
    rests_on: &[&USER_FORM],
    examples: &[
        bad(
            r#"{"images": [{"working_dir": "«/app»", "layers": [{"files": [{"path": "/srv/app.py"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"working_dir": "/app", "layers": [{"files": [{"path": "/app/a.py"}]}]}]}"#,
        ),
    ],
    check: |cx, found| {
        inside::each(cx, found, &WORKDIR, |view, files, found| {
            let path = view.config.working_dir.as_deref().unwrap_or("/");
            if !inside::has_folder(files, path) {
                found.add(&WORKDIR, view.at("working_dir")).arg("path", shown(path.as_bytes()));
            }
        });
    },
    ..IMAGE
};

pub(super) static EMPTY_PASSWORD: Rule = Rule {
    id: "image/empty-password",
    severity: Severity::Error,
    summary: text("an account without a password", "账户没有密码"),
    message: text("the account `{name}` has an empty password", "账户 `{name}` 的密码为空"),
    why: text(
        "Whoever gets a shell in the container becomes this user: for root, `su` asks for nothing.",
        "任何能在容器中执行命令的人都可成为该用户：对 root 而言，`su` 不需要密码。",
    ),
    help: text("lock it: `RUN passwd -l {name}`", "锁定账户：`RUN passwd -l {name}`"),
    rests_on: &[&ACCOUNTS],
    aliases: &["DKL-LI-0001"],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«ADD rootfs.tar /»", "files": [{"path": "/etc/shadow", "text": "root::18000:0:::::\n"}]}]}]}"#,
        ),
        bad(
            r#"{"images": [{"layers": [{"history": "«ADD rootfs.tar /»", "files": [{"path": "/etc/passwd", "text": "root::0:0::/root:/bin/sh\n"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/etc/shadow", "text": "root:*:18000:0:::::\napp:!::0:::::\n"}]}]}]}"#,
        ),
    ],
    check: empty_password,
    ..IMAGE
};

fn empty_password(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &EMPTY_PASSWORD, |view, files, found| {
        for path in ["/etc/shadow", "/etc/passwd"] {
            let Some(file) = inside::file(files, path) else { continue };
            let Some(text) = inside::text_of(files, file) else { continue };
            for line in text.lines() {
                let mut fields = line.split(':');
                let name = fields.next().filter(|name| !name.is_empty() && !name.contains(' '));
                if let (Some(name), Some("")) = (name, fields.next())
                    && fields.next().is_some()
                {
                    let at = view.layer_at(file.seen.layer);
                    found.add(&EMPTY_PASSWORD, at).arg("name", shown(name.as_bytes()));
                }
            }
        }
    });
}

pub(super) static DUPLICATE_UID: Rule = Rule {
    id: "image/duplicate-uid",
    severity: Severity::Info,
    summary: text("two accounts with one number", "两个账户使用同一编号"),
    message: text(
        "the accounts `{first}` and `{second}` have the number {uid}",
        "账户 `{first}` 与 `{second}` 的编号均为 {uid}",
    ),
    why: text(
        "They own each other's files; with the number 0 both are root.",
        "两者互相拥有对方的文件；编号为 0 时两者都是 root。",
    ),
    help: text("give each account its own number", "为每个账户设置不同的编号"),
    rests_on: &[&ACCOUNTS],
    aliases: &["DKL-LI-0002"],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«RUN useradd -o -u 0 app»", "files": [{"path": "/etc/passwd", "text": "root:x:0:0::/root:/bin/sh\napp:x:0:0::/:/bin/sh\n"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/etc/passwd", "text": "root:x:0:0::/root:/bin/sh\napp:x:1000:0::/:/bin/sh\n"}]}]}]}"#,
        ),
    ],
    check: duplicate_uid,
    ..IMAGE
};

fn duplicate_uid(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &DUPLICATE_UID, |view, files, found| {
        let Some(file) = inside::file(files, "/etc/passwd") else { return };
        let Some(text) = inside::text_of(files, file) else { return };
        let mut owners = std::collections::HashMap::new();
        for one in accounts(text) {
            let first = *owners.entry(one.uid).or_insert(one.name);
            if first != one.name {
                let finding = found.add(&DUPLICATE_UID, view.layer_at(file.seen.layer));
                finding
                    .arg("first", shown(first.as_bytes()))
                    .arg("second", shown(one.name.as_bytes()))
                    .arg("uid", one.uid);
            }
        }
    });
}
