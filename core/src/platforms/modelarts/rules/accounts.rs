//! The user that ModelArts runs an image as: `ma-user` with uid 1000, in a group with gid 100.

use super::super::accounts::{Account, accounts};
use super::super::engine::{is_custom_engine, starts_custom_engine};
use super::super::spec::{
    BASES_HAVE_USERS, ENGINE_USER, NOTEBOOK_USER, RUN_AS_GID, RUN_AS_UID, TRAINING_USER,
};
use super::ANY_USE;
use super::start::{dockerfile, last_from};
use crate::dockerfile::Setting;
use crate::document::{DockerfileContent, ImageView};
use crate::fact::{Platform, Profile};
use crate::image::paths::shown;
use crate::image::resolve::Files;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::rules::image::{account, inside};
use crate::text::text;

/// Who wants the user.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    CustomEngine,
    Training,
    Notebook,
}

impl Use {
    /// How bad it is if the user has another number, and if its group has.
    fn severities(self) -> (Severity, Severity) {
        match self {
            Use::CustomEngine => (Severity::Error, Severity::Error),
            Use::Training => (Severity::Error, Severity::Warning),
            Use::Notebook => (Severity::Warning, Severity::Warning),
        }
    }
}

fn use_of(cx: &Context<'_>, content: &DockerfileContent) -> Option<Use> {
    match cx.profile(Platform::ModelArts) {
        Some(Profile::Training) => Some(Use::Training),
        Some(Profile::Notebook) => Some(Use::Notebook),
        _ => is_custom_engine(content).then_some(Use::CustomEngine),
    }
}

pub(super) static USER: Rule = Rule {
    id: "modelarts/custom-engine-user",
    severity: Severity::Error,
    summary: text("ma-user with another number", "ma-user 的 ID 不符"),
    message: text(
        "{name} has the number {found}, ModelArts runs the image with {wanted}",
        "{name} 的 ID 为 {found}，而 ModelArts 以 {wanted} 运行镜像",
    ),
    why: text(
        "The container is started as 1000:100, whatever the names are. Files of another user cannot be read or written then.",
        "无论名称如何，容器都以 1000:100 启动，其他用户的文件将无法读写。",
    ),
    help: text(
        "write `groupadd -g 100 ma-group` and `useradd -m -u 1000 -g 100 ma-user`",
        "写作 `groupadd -g 100 ma-group` 和 `useradd -m -u 1000 -g 100 ma-user`",
    ),
    rests_on: &[&ENGINE_USER, &TRAINING_USER, &NOTEBOOK_USER],
    examples: &[
        bad("FROM a:1\nRUN useradd -m -u «1001» ma-user\nUSER ma-user\n").under(Profile::Training),
        bad("FROM a:1\nRUN groupadd ma-group -g «1000» && useradd -u 1000 -g ma-group ma-user\n")
            .under(Profile::Notebook),
        bad(
            "FROM a:1\nRUN useradd -u 1000 -g «1000» ma-user\nCMD [\"sh\", \"/home/mind/run.sh\"]\n",
        ),
        good("FROM a:1\nRUN groupadd -g 100 ma-group && useradd -u 1000 -g 100 ma-user\n")
            .under(Profile::Training),
        good("FROM a:1\nRUN useradd -u 1001 helper\n").under(Profile::Training),
        // A server of one's own may run as anybody.
        good("FROM a:1\nRUN useradd -u 1001 ma-user\n"),
        bad(
            r#"{"images": [{"user": "«ma-user»", "layers": [{"files": [{"path": "/etc/passwd", "text": "ma-user:x:1001:100::/home/ma-user:/bin/sh\n"}]}]}]}"#,
        )
        .under(Profile::Training),
        bad(
            r#"{"images": [{"cmd": ["sh", "/home/mind/run.sh"], "user": "«»", "layers": [{"files": [{"path": "/etc/passwd", "text": "ma-user:x:1000:1000::/home/ma-user:/bin/sh\n"}]}]}]}"#,
        ),
        bad(
            r#"{"images": [{"user": "«1000»", "layers": [{"files": [{"path": "/etc/passwd", "text": "root:x:0:0::/root:/bin/sh\n"}]}]}]}"#,
        )
        .under(Profile::Notebook),
        good(
            r#"{"images": [{"user": "ma-user", "layers": [{"files": [{"path": "/etc/passwd", "text": "ma-user:x:1000:100::/home/ma-user:/bin/sh\n"}]}]}]}"#,
        )
        .under(Profile::Notebook),
        good(
            r#"{"images": [{"user": "app", "layers": [{"files": [{"path": "/etc/passwd", "text": "app:x:1001:1001::/app:/bin/sh\n"}]}]}]}"#,
        ),
    ],
    check: user,
    ..ANY_USE
};

fn user(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &USER, |view, files, found| {
        let why = match cx.profile(Platform::ModelArts) {
            Some(Profile::Training) => Some(Use::Training),
            Some(Profile::Notebook) => Some(Use::Notebook),
            _ => starts_custom_engine(view.config).then_some(Use::CustomEngine),
        };
        if let Some(why) = why {
            user_in_image(why, view, files, found);
        }
    });
    let Some((document, content)) = dockerfile(cx) else { return };
    let Some(why) = use_of(cx, content) else { return };
    let accounts = accounts(content);
    // What is renumbered behind may be right in the end.
    if accounts.frees {
        return;
    }
    let of = |list: &[Account<'_>], name: &str| {
        list.iter().rfind(|one| one.name == name).and_then(|one| one.id)
    };
    let mut report =
        |name: &str, (number, span): (u32, crate::text::Span), wanted: u32, severity| {
            if number != wanted {
                found
                    .add(&USER, document.place(span))
                    .arg("name", name)
                    .arg("found", number)
                    .arg("wanted", wanted)
                    .severity(severity);
            }
        };
    let (of_user, of_group) = why.severities();
    if let Some(id) = of(&accounts.users, "ma-user") {
        report("ma-user", id, RUN_AS_UID.value, of_user);
    }
    if let Some(id) = of(&accounts.groups, "ma-group") {
        report("ma-group", id, RUN_AS_GID.value, of_group);
    }
    let group = accounts.users.iter().rfind(|one| one.name == "ma-user").and_then(|one| one.group);
    if let Some((group, span)) = group
        && let Ok(number) = group.parse::<u32>()
        // `groupadd -g 1000 ma-group` is found already.
        && of(&accounts.groups, "ma-group").is_none_or(|(id, _)| id != number)
    {
        report("the group of ma-user", (number, span), RUN_AS_GID.value, of_group);
    }
}

/// Looks the user up in the image's own `/etc/passwd`.
fn user_in_image(why: Use, view: &ImageView<'_>, files: Files<'_>, found: &mut Findings) {
    let passwd = inside::text(files, "/etc/passwd").unwrap_or_default();
    let (of_user, of_group) = why.severities();
    let Some(user) = account::accounts(passwd).find(|one| one.name == "ma-user") else {
        // A name for the number is needed by notebooks alone; those run as root just as well.
        let has_number = account::accounts(passwd).any(|one| one.uid == RUN_AS_UID.value);
        let is_root = matches!(account::user(view, files), account::User::Known { uid: 0, .. });
        if why == Use::Notebook && !has_number && !is_root {
            let finding = found.add(&USER, view.at("user")).severity(Severity::Warning);
            finding.arg("wanted", RUN_AS_UID.value).says(text(
                "the image has no user with the number {wanted}, which ModelArts runs it with",
                "镜像中没有 ID 为 {wanted} 的用户，而 ModelArts 以该用户运行镜像",
            ));
        }
        return;
    };
    let numbers = [
        ("ma-user", user.uid, RUN_AS_UID.value, of_user),
        ("the group of ma-user", user.gid, RUN_AS_GID.value, of_group),
    ];
    for (name, number, wanted, severity) in numbers {
        if number != wanted {
            let finding = found.add(&USER, view.at("user")).severity(severity);
            finding.arg("name", name).arg("found", number).arg("wanted", wanted);
        }
    }
}

pub(super) static CLASH: Rule = Rule {
    id: "modelarts/uid-1000-clash",
    summary: text("a number that the base image has given away", "ID 已被基础镜像占用"),
    message: text(
        "the number {id} belongs to `{owner}` in {image}, so this command fails",
        "ID {id} 在 {image} 中已属于 `{owner}`，该命令会失败",
    ),
    why: text(
        "useradd and groupadd refuse a number that is taken, and the build ends there.",
        "useradd 和 groupadd 拒绝已占用的 ID，构建会在此失败。",
    ),
    help: text(
        "remove the user first: `userdel -r {owner}`",
        "请先删除该用户：`userdel -r {owner}`",
    ),
    rests_on: &[&BASES_HAVE_USERS, &NOTEBOOK_USER],
    examples: &[
        bad("FROM ubuntu:24.04\nRUN useradd -m -u «1000» ma-user\n"),
        bad("FROM python:3.12\nRUN groupadd -g «100» ma-group\n"),
        good("FROM ubuntu:24.04\nRUN userdel -r ubuntu && useradd -m -u 1000 ma-user\n"),
        good("FROM ubuntu:22.04\nRUN useradd -m -u 1000 -g 100 ma-user\n"),
        good("FROM python:3.12\nRUN getent group 100 || groupadd -g 100 ma-group\n"),
        good("FROM a:1\nRUN groupadd -g 100 ma-group\n"),
    ],
    check: |cx, found| {
        let Some((document, content)) = dockerfile(cx) else { return };
        let accounts = accounts(content);
        let Some((base, image)) = accounts.base.as_ref().filter(|_| !accounts.frees) else {
            return;
        };
        let is_taken = |one: &&Account<'_>| one.is_sure && !one.is_shared;
        if let Some(owner) = base.owner_of_1000() {
            for user in accounts.users.iter().filter(is_taken) {
                if let Some((id, span)) = user.id
                    && id == RUN_AS_UID.value
                    && user.name != owner
                {
                    found
                        .add(&CLASH, document.place(span))
                        .arg("id", id)
                        .arg("owner", owner)
                        .arg("image", image);
                }
            }
        }
        let owner = base.owner_of_gid_100();
        for group in accounts.groups.iter().filter(is_taken).filter(|one| one.name != owner) {
            if let Some((id, span)) = group.id
                && id == RUN_AS_GID.value
            {
                found
                    .add(&CLASH, document.place(span))
                    .arg("id", id)
                    .arg("owner", owner)
                    .arg("image", image)
                    .help(text(
                        "leave `{owner}` as it is and write `-g 100` for the user, or rename it: `groupmod -n ma-group {owner}`",
                        "保留 `{owner}` 并为用户写 `-g 100`，或重命名：`groupmod -n ma-group {owner}`",
                    ));
            }
        }
    },
    ..ANY_USE
};

pub(super) static ROOT: Rule = Rule {
    id: "modelarts/training-user-root",
    profiles: &[Profile::Training],
    severity: Severity::Error,
    summary: text("a training image of another user", "训练镜像的默认用户不符"),
    message: text(
        "the image runs as {user}: the default user of a training image has uid {wanted}",
        "镜像以 {user} 运行：训练镜像默认用户的 uid 必须为 {wanted}",
    ),
    why: text(
        "Training jobs run as the user with uid 1000. What was made for another user fails with Permission denied.",
        "训练作业以 uid 1000 的用户运行，为其他用户准备的内容会报 Permission denied。",
    ),
    help: text(
        "make ma-user with uid 1000 and end with `USER ma-user`",
        "创建 uid 为 1000 的 ma-user，并以 `USER ma-user` 结尾",
    ),
    rests_on: &[&TRAINING_USER],
    examples: &[
        bad("FROM a:1\nUSER «root»\n"),
        bad("FROM a:1\nUSER «1001»\n"),
        bad("«FROM» python:3.12\nRUN pip install torch==2.4.0\n"),
        bad("FROM a:1\nRUN useradd -u 1100 trainer\nUSER «trainer»\n"),
        good("FROM python:3.12\nRUN useradd -u 1000 -g 100 ma-user\nUSER ma-user\n"),
        good("FROM a:1\nUSER 1000:100\n"),
        // Whose user only its author knows.
        good("FROM a:1\nRUN pip install torch==2.4.0\n"),
        good("FROM python:3.12\n").under(Profile::Notebook),
        bad(r#"{"images": [{"user": "«root»", "layers": [{"files": []}]}]}"#),
        bad(r#"{"images": [{"config_digest": "«sha256:aa»", "layers": [{"files": []}]}]}"#),
        bad(
            r#"{"images": [{"user": "«app»", "layers": [{"files": [{"path": "/etc/passwd", "text": "app:x:1100:1100::/app:/bin/sh\n"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"user": "ma-user", "layers": [{"files": [{"path": "/etc/passwd", "text": "ma-user:x:1000:100::/home/ma-user:/bin/sh\n"}]}]}]}"#,
        ),
        good(r#"{"images": [{"user": "1000:100", "layers": [{"files": []}]}]}"#),
    ],
    check: |cx, found| {
        inside::each(cx, found, &ROOT, |view, files, found| {
            let account::User::Known { uid, .. } = account::user(view, files) else { return };
            if uid != RUN_AS_UID.value {
                let told = view.config.user.as_deref().filter(|told| !told.is_empty());
                let at = view.at(if told.is_some() { "user" } else { "config_digest" });
                let finding = found.add(&ROOT, at).arg("wanted", RUN_AS_UID.value);
                finding.arg("user", shown(told.unwrap_or("root").as_bytes()));
            }
        });
        let Some((document, content)) = dockerfile(cx) else { return };
        let accounts = accounts(content);
        let place = match &content.prediction.user {
            Some(Setting { value: Some(value), span }) => {
                let name = value.split(':').next().unwrap_or_default();
                let made = accounts.users.iter().rfind(|one| one.name == name);
                let number = match name {
                    "root" => Some(0),
                    _ => name.parse::<u32>().ok().or(made.and_then(|one| Some(one.id?.0))),
                };
                number
                    .filter(|&number| number != RUN_AS_UID.value && !accounts.frees)
                    .map(|_| (*span, value.as_str()))
            }
            Some(_) => None,
            None => last_from(content).filter(|_| accounts.base.is_some()).map(|at| (at, "root")),
        };
        if let Some((span, user)) = place {
            found
                .add(&ROOT, document.place(span))
                .arg("user", user)
                .arg("wanted", RUN_AS_UID.value);
        }
    },
    ..ANY_USE
};
