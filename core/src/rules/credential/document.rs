//! The rules on config.json as a document of its own.

use super::super::kubernetes::sources::{
    AUTHS, DOCKER_HUB_KEY as HUB_KEY, HELPERS, ONE_LOGIN, SECRETS_ARE_NOT_ENCRYPTED,
    UNREADABLE_JSON,
};
use super::config::{configs, is_committed};
use super::entries;
use crate::document::Kind;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static SYNTAX: Rule = Rule {
    id: "credential/syntax",
    severity: Severity::Error,
    summary: text("docker's config.json is no JSON", "docker 的 config.json 不是合法的 JSON"),
    message: text("the file cannot be read here", "此处无法解析"),
    why: text(
        "docker reads no login from a file that is no JSON.",
        "文件不是 JSON 时，docker 无法从中读取任何凭证。",
    ),
    rests_on: &[&UNREADABLE_JSON],
    examples: &[
        bad("-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"auth\": \"c2hvcDpwYXNz\"«,»}}}\n")
            .fixed("-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"auth\": \"c2hvcDpwYXNz\"}}}\n"),
        bad("-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\" «{»\"auth\": \"c2hvcDpwYXNz\"}}}\n"),
        good("-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"auth\": \"c2hvcDpwYXNz\"}}}\n"),
    ],
    check: syntax,
    ..Rule::DEFAULT
};

fn syntax(cx: &Context<'_>, found: &mut Findings) {
    for part in cx.parts(Kind::DockerConfig) {
        for error in part.content.errors() {
            found.add(&SYNTAX, part.place(error.span)).message = error.message.clone();
        }
        let Some(json) = part.document.json().filter(|_| part.inside.is_none()) else { continue };
        for &comma in &json.trailing_commas {
            let at = part.place(comma);
            found
                .add(&SYNTAX, at)
                .says(text(
                    "a comma before a closing bracket is not JSON",
                    "JSON 不允许在右括号前有逗号",
                ))
                .fix(Fix::safe(text("remove the comma", "删除该逗号")).delete(at));
        }
        for &comment in &json.comments {
            found
                .add(&SYNTAX, part.place(comment))
                .says(text("JSON has no comments", "JSON 不支持注释"));
        }
    }
}

pub(super) static AUTH_INVALID: Rule = Rule {
    id: "credential/auth-invalid",
    severity: Severity::Error,
    summary: text(
        "`auth` is not the Base64 of username:password",
        "`auth` 不是 username:password 的 Base64",
    ),
    message: text(
        "`auth` is not the Base64 of username:password",
        "`auth` 不是 username:password 的 Base64",
    ),
    why: text(
        "docker cannot read the login, and the registry refuses the pull.",
        "docker 无法读取该凭证，仓库会拒绝拉取。",
    ),
    help: text(
        "make it with `plimsoll auth encode --username NAME`, or on the page under Credentials",
        "请用 `plimsoll auth encode --username NAME` 或页面的“凭证”生成",
    ),
    rests_on: &[&AUTHS],
    examples: &[
        bad("-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"auth\": \"«c2hvcA==»\"}}}\n"),
        bad("-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"auth\": \"«shop:pass»\"}}}\n")
            .fixed("-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"auth\": \"c2hvcDpwYXNz\"}}}\n"),
        bad("-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"username\": \"shop\", \"password\": \"pass\", \"auth\": \"«none%»\"}}}\n")
            .fixed("-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"username\": \"shop\", \"password\": \"pass\", \"auth\": \"c2hvcDpwYXNz\"}}}\n"),
        // What a script writes.
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Login:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      CommandContent: |\n        #!/bin/sh\n        cat > /root/.docker/config.json <<'EOF'\n        {\"auths\": {\"harbor.acme.example\": {\"auth\": \"«c2hvcA==»\"}}}\n        EOF\n",
        ),
        good("-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"auth\": \"c2hvcDpwYXNz\"}}}\n"),
        good("-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"auth\": \"${AUTH}\"}}}\n"),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            entries::auth_invalid(&config, &AUTH_INVALID, found);
        }
    },
    ..Rule::DEFAULT
};

pub(super) static WITHOUT_LOGIN: Rule = Rule {
    id: "credential/entry-without-login",
    summary: text("a registry without a login", "仓库条目中没有凭证"),
    message: text(
        "the entry for `{host}` has neither `auth` nor a username and password",
        "`{host}` 的条目既没有 `auth`，也没有用户名和密码",
    ),
    why: text(
        "The pull is sent without a login, as if the entry were not there.",
        "拉取时不带凭证，等同于没有该条目。",
    ),
    help: text("add `auth`, or remove the entry", "请添加 `auth`，或删除该条目"),
    rests_on: &[&AUTHS],
    examples: &[
        bad(
            "-- .dockerconfigjson --\n{\"auths\": {«\"harbor.acme.example\"»: {\"email\": \"a@acme.example\"}}}\n",
        ),
        good(
            "-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"identitytoken\": \"abc\"}}}\n",
        ),
        good(
            "-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"username\": \"shop\", \"password\": \"pass\"}}}\n",
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            entries::without_login(&config, &WITHOUT_LOGIN, found);
        }
    },
    ..Rule::DEFAULT
};

pub(super) static AUTH_MISMATCH: Rule = Rule {
    id: "credential/auth-mismatch",
    summary: text("two logins in one entry", "同一条目中有两份不同的凭证"),
    message: text(
        "`auth` of `{host}` says another {field} than `{field}` beside it",
        "`{host}` 的 `auth` 与同级的 `{field}` 不一致",
    ),
    why: text(
        "docker takes what stands in `auth`: the fields beside it may be the newer ones.",
        "docker 以 `auth` 为准，而旁边的字段可能才是新的。",
    ),
    help: text(
        "encode `auth` anew, or leave out the fields beside it",
        "请重新编码 `auth`，或删除旁边的字段",
    ),
    rests_on: &[&ONE_LOGIN],
    examples: &[
        bad(
            "-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"username\": \"shop\", \"password\": \"pass\", \"auth\": \"«b3RoZXI6cGFzcw==»\"}}}\n",
        ),
        good(
            "-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"username\": \"shop\", \"password\": \"pass\", \"auth\": \"c2hvcDpwYXNz\"}}}\n",
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            entries::auth_mismatch(&config, &AUTH_MISMATCH, found);
        }
    },
    ..Rule::DEFAULT
};

pub(super) static STORE: Rule = Rule {
    id: "credential/helper-elsewhere",
    summary: text("the passwords are not in the file", "文件中没有密码"),
    message: text(
        "`{key}` leaves the passwords to a helper of this machine: the file logs in nowhere else",
        "`{key}` 把密码交给本机的凭证助手保管：该文件在其他机器上无法登录",
    ),
    why: text(
        "Copied into an image, a cluster or a platform's form, the file has no login.",
        "复制到镜像、集群或平台表单后，该文件没有任何凭证。",
    ),
    help: text(
        "write a file with `auth` for the registry: `plimsoll auth encode`, or the page under Credentials",
        "请为仓库生成带 `auth` 的文件：使用 `plimsoll auth encode` 或页面的“凭证”",
    ),
    rests_on: &[&HELPERS],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM nginx:1.27\n-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {}}, «\"credsStore\"»: \"desktop\"}\n",
        ),
        good(
            "-- Dockerfile --\nFROM nginx:1.27\n-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"auth\": \"c2hvcDpwYXNz\"}}, \"credsStore\": \"\"}\n",
        ),
        // The file of one's own desktop, looked at by itself.
        good(
            "-- .docker/config.json --\n{\"auths\": {\"harbor.acme.example\": {}}, \"credsStore\": \"desktop\"}\n",
        ),
    ],
    check: |cx, found| {
        for config in configs(cx).iter().filter(|config| is_committed(cx, config)) {
            entries::store(config, &STORE, found);
        }
    },
    ..Rule::DEFAULT
};

pub(super) static DOCKER_HUB_KEY: Rule = Rule {
    id: "credential/docker-hub-key",
    summary: text(
        "Docker Hub under another name than docker's",
        "Docker Hub 的键与 docker 使用的不同",
    ),
    message: text(
        "docker does not look for Docker Hub's login under `{key}`",
        "docker 不会在 `{key}` 下查找 Docker Hub 的凭证",
    ),
    why: text(
        "The login is not found, and Docker Hub is asked without one.",
        "找不到该凭证，访问 Docker Hub 时不带登录信息。",
    ),
    help: text("name it `https://index.docker.io/v1/`", "请改为 `https://index.docker.io/v1/`"),
    rests_on: &[&HUB_KEY],
    examples: &[
        bad(
            "-- .dockerconfigjson --\n{\"auths\": {«\"docker.io\"»: {\"auth\": \"c2hvcDpwYXNz\"}}}\n",
        ),
        bad(
            "-- .dockerconfigjson --\n{\"auths\": {«\"https://hub.docker.com\"»: {\"auth\": \"c2hvcDpwYXNz\"}}}\n",
        ),
        good(
            "-- .dockerconfigjson --\n{\"auths\": {\"https://index.docker.io/v1/\": {\"auth\": \"c2hvcDpwYXNz\"}}}\n",
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            entries::docker_hub_key(&config, &DOCKER_HUB_KEY, found, Severity::Warning);
        }
    },
    ..Rule::DEFAULT
};

pub(super) static COMMITTED: Rule = Rule {
    id: "credential/committed",
    summary: text("a login lies open among the files", "凭证明文保存在项目文件中"),
    message: text(
        "the login for `{host}` can be read by all who have this file",
        "任何拿到该文件的人都能读到 `{host}` 的凭证",
    ),
    why: text(
        "Base64 hides nothing: the password is in every copy of the project, and in its history.",
        "Base64 不能保密：密码会出现在项目的每份副本及其历史记录中。",
    ),
    help: text(
        "put a variable in its place, give the password another value at the registry, and keep the file out of version control",
        "请改用变量，在仓库侧更换密码，并将该文件排除在版本控制之外",
    ),
    rests_on: &[&SECRETS_ARE_NOT_ENCRYPTED],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM nginx:1.27\n-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"auth\": \"«c2hvcDpWcTctYmx1ZS1rZXR0bGU=»\"}}}\n",
        ),
        good(
            "-- Dockerfile --\nFROM nginx:1.27\n-- .dockerconfigjson --\n{\"auths\": {\"harbor.acme.example\": {\"auth\": \"${AUTH}\"}}}\n",
        ),
        // The file of one's own desktop, looked at by itself.
        good(
            "-- .docker/config.json --\n{\"auths\": {\"harbor.acme.example\": {\"auth\": \"c2hvcDpWcTctYmx1ZS1rZXR0bGU=\"}}}\n",
        ),
    ],
    check: |cx, found| {
        for config in configs(cx).iter().filter(|config| is_committed(cx, config)) {
            entries::committed(config, &COMMITTED, found);
        }
    },
    ..Rule::DEFAULT
};
