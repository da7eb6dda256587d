//! The logins in the Secrets of docker's types, looked at as those of a config.json are.

use super::super::credential as checks;
use super::payload::pull_secrets;
use super::sources::{
    AUTHS, DOCKER_HUB_KEY as HUB_KEY, ONE_LOGIN, SECRETS_ARE_NOT_ENCRYPTED, STORES,
};
use crate::rule::{Rule, Severity, bad, good};
use crate::text::text;

pub(super) static AUTH_INVALID: Rule = Rule {
    id: "kubernetes/secret-auth-invalid",
    severity: Severity::Error,
    summary: text("an entry of a pull Secret that logs in nowhere", "拉取镜像的 Secret 中有无效的凭证"),
    message: text("the entry for `{host}` has neither `auth` nor a username and password", "`{host}` 的条目既没有 `auth`，也没有用户名和密码"),
    why: text("The registry refuses the pull: ImagePullBackOff.", "仓库会拒绝拉取：ImagePullBackOff。"),
    help: text("make the Secret anew with `plimsoll auth encode`, or on the page under Credentials", "请用 `plimsoll auth encode` 或页面的“凭证”重新生成该 Secret"),
    rests_on: &[&AUTHS],
    examples: &[
        bad("-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: «eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0E9PSJ9fX0=»\n"),
        bad("-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{\"auths\":{«\"harbor.acme.example\"»:{\"email\":\"a@acme.example\"}}}'\n"),
        bad("-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{\"auths\":{\"harbor.acme.example\":{\"username\":\"shop\",\"password\":\"pass\",\"auth\":\"«shop:pass»\"}}}'\n").fixed("-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{\"auths\":{\"harbor.acme.example\":{\"username\":\"shop\",\"password\":\"pass\",\"auth\":\"c2hvcDpwYXNz\"}}}'\n"),
        bad("-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        stringData:\n          .dockerconfigjson: |\n            {\"auths\":{\"harbor.acme.example\":{\"auth\":\"«c2hvcA==»\"}}}\n"),
        good("-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n"),
        good("-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{\"auths\":{\"harbor.acme.example\":{\"auth\":\"${AUTH}\"}}}'\n"),
    ],
    check: |cx, found| {
        for config in pull_secrets(cx).iter().filter_map(|secret| secret.config()) {
            checks::auth_invalid(&config, &AUTH_INVALID, found);
            checks::without_login(&config, &AUTH_INVALID, found);
        }
    },
    ..Rule::DEFAULT
};

pub(super) static AUTH_MISMATCH: Rule = Rule {
    id: "kubernetes/secret-auth-mismatch",
    summary: text(
        "two logins in one entry of a pull Secret",
        "拉取镜像的 Secret 的同一条目中有两份不同的凭证",
    ),
    message: text(
        "`auth` of `{host}` says another {field} than `{field}` beside it",
        "`{host}` 的 `auth` 与同级的 `{field}` 不一致",
    ),
    why: text(
        "One of the two is taken, and it may be the old one.",
        "只会采用其中一份，而它可能是旧的。",
    ),
    help: text(
        "make the Secret anew with `plimsoll auth encode`, or on the page under Credentials",
        "请用 `plimsoll auth encode` 或页面的“凭证”重新生成该 Secret",
    ),
    rests_on: &[&ONE_LOGIN],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: «eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7InVzZXJuYW1lIjoic2hvcCIsInBhc3N3b3JkIjoicGFzcyIsImF1dGgiOiJiM1JvWlhJNmNHRnpjdz09In19fQ==»\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7InVzZXJuYW1lIjoic2hvcCIsInBhc3N3b3JkIjoicGFzcyIsImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n",
        ),
    ],
    check: |cx, found| {
        for config in pull_secrets(cx).iter().filter_map(|secret| secret.config()) {
            checks::auth_mismatch(&config, &AUTH_MISMATCH, found);
        }
    },
    ..Rule::DEFAULT
};

pub(super) static CREDSTORE: Rule = Rule {
    id: "kubernetes/secret-credstore",
    severity: Severity::Error,
    summary: text(
        "a pull Secret made from a desktop's config.json",
        "用本机的 config.json 生成的 Secret",
    ),
    message: text(
        "`{key}` leaves the password to a helper that the cluster does not have",
        "`{key}` 把密码交给凭证助手保管，而集群中没有该助手",
    ),
    why: text(
        "The Secret holds no password: the registry refuses the pull.",
        "该 Secret 中没有密码，仓库会拒绝拉取。",
    ),
    help: text(
        "make the Secret with `kubectl create secret docker-registry`, with `plimsoll auth encode`, or on the page under Credentials",
        "请用 `kubectl create secret docker-registry`、`plimsoll auth encode` 或页面的“凭证”生成该 Secret",
    ),
    rests_on: &[&STORES],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: «eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7fX0sImNyZWRzU3RvcmUiOiJkZXNrdG9wIn0=»\n",
        ),
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{«\"credHelpers\"»:{\"harbor.acme.example\":\"ecr-login\"}}'\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX0sImNyZWRzU3RvcmUiOiJkZXNrdG9wIn0=\n",
        ),
    ],
    check: |cx, found| {
        for config in pull_secrets(cx).iter().filter_map(|secret| secret.config()) {
            checks::store(&config, &CREDSTORE, found);
        }
    },
    ..Rule::DEFAULT
};

pub(super) static COMMITTED: Rule = Rule {
    id: "kubernetes/secret-credential-committed",
    summary: text("a login lies open in a manifest", "清单中包含可读的凭证"),
    message: text(
        "the login for `{host}` can be read by all who have this file",
        "任何拿到该文件的人都能读到 `{host}` 的凭证",
    ),
    why: text(
        "Base64 hides nothing: the password is in every copy of the project, and in its history.",
        "Base64 不能保密：密码会出现在项目的每份副本及其历史记录中。",
    ),
    help: text(
        "make the Secret in the cluster or from a secret store, and give the password another value at the registry",
        "请在集群中或通过密钥管理服务创建该 Secret，并在仓库侧更换密码",
    ),
    rests_on: &[&SECRETS_ARE_NOT_ENCRYPTED],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: «eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0RwV2NUY3RZbXgxWlMxclpYUjBiR1U9In19fQ==»\n",
        ),
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        stringData:\n          .dockerconfigjson: |\n            {\"auths\":{\"harbor.acme.example\":{\"auth\":\"«c2hvcDpWcTctYmx1ZS1rZXR0bGU=»\"}}}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{\"auths\":{\"harbor.acme.example\":{\"username\":\"${NAME}\",\"password\":\"${PASSWORD}\"}}}'\n",
        ),
    ],
    check: |cx, found| {
        for config in pull_secrets(cx).iter().filter_map(|secret| secret.config()) {
            checks::committed(&config, &COMMITTED, found);
        }
    },
    ..Rule::DEFAULT
};

pub(super) static DOCKERHUB_KEY: Rule = Rule {
    id: "kubernetes/dockerhub-key",
    summary: text(
        "Docker Hub under another name than docker's",
        "Docker Hub 的键与 docker 使用的不同",
    ),
    message: text(
        "Docker Hub's login is kept under `https://index.docker.io/v1/`, not under `{key}`",
        "Docker Hub 的凭证应位于 `https://index.docker.io/v1/` 下，而不是 `{key}`",
    ),
    why: text(
        "A reader that looks for docker's own name does not find the login.",
        "按 docker 的名称查找时找不到该凭证。",
    ),
    help: text("name it `https://index.docker.io/v1/`", "请改为 `https://index.docker.io/v1/`"),
    rests_on: &[&HUB_KEY],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: «eyJhdXRocyI6eyJodHRwczovL2h1Yi5kb2NrZXIuY29tIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19»\n",
        ),
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{\"auths\":{«\"docker.io\"»:{\"auth\":\"c2hvcDpwYXNz\"}}}'\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6eyJodHRwczovL2luZGV4LmRvY2tlci5pby92MS8iOnsiYXV0aCI6ImMyaHZjRHB3WVhOeiJ9fX0=\n",
        ),
    ],
    check: |cx, found| {
        for config in pull_secrets(cx).iter().filter_map(|secret| secret.config()) {
            // Kubernetes itself finds some of the other names.
            checks::docker_hub_key(&config, &DOCKERHUB_KEY, found, Severity::Info);
        }
    },
    ..Rule::DEFAULT
};
