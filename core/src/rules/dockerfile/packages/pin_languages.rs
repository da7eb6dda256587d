//! Versions of the languages' packages. Strict, for the reason given in `pin`: what is installed
//! by name is often a tool whose newest version is wanted.

use super::pin::{self, is_path};
use super::sources;
use crate::fact::{Certainty, Citation};
use crate::packages::{Invocation, Manager};
use crate::rule::{Rule, bad, good};
use crate::text::text;

static PIP_PINNED: Citation = Citation {
    publication: &sources::PIP_REPEATABLE,
    says: text(
        "only exact versions, as in a requirements file made by pip freeze, make installs repeatable",
        "只有写明确切版本（例如 pip freeze 生成的 requirements 文件）才能重复安装出相同结果",
    ),
    certainty: Certainty::Documented,
};

static NPM_VERSION: Citation = Citation {
    publication: &sources::NPM_INSTALL,
    says: text(
        "a name alone installs the version under the tag latest; name@version installs that one",
        "只写包名会安装 latest 标签对应的版本；name@version 安装指定版本",
    ),
    certainty: Certainty::Documented,
};

static GEM_VERSION: Citation = Citation {
    publication: &sources::GEM_INSTALL,
    says: text(
        "without a version the newest gem is installed; name:version or --version chooses one",
        "不写版本会安装最新的 gem；name:version 或 --version 可指定版本",
    ),
    certainty: Certainty::Documented,
};

static GO_VERSION: Citation = Citation {
    publication: &sources::GO_MODULES,
    says: text(
        "latest, upgrade and the names of branches are queries that newer commits answer differently",
        "latest、upgrade 和分支名都是查询，随新提交给出不同结果",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static PIP: Rule = Rule {
    id: "dockerfile/pin-pip",
    summary: text("Python package without version", "Python 包未指定版本"),
    help: text(
        "write `{package}==VERSION`, or install from a requirements file with versions",
        "请写作 `{package}==版本`，或从写明版本的 requirements 文件安装",
    ),
    rests_on: &[&PIP_PINNED],
    aliases: &["DL3013"],
    examples: &[
        bad(
            "FROM python:3.13\nRUN pip install --index-url https://example.com/ «flask» numpy==2.0\n",
        ),
        bad("FROM python:3.13\nRUN python3 -m pip install «'torch[cuda]'»\n"),
        bad("FROM python:3.13\nRUN pip install «git+https://example.com/team/tool.git»\n"),
        good("FROM python:3.13\nRUN pip install -r requirements.txt . ./wheels/a.whl\n"),
        good("FROM python:3.13\nRUN pip install -c constraints.txt flask\n"),
        good("FROM python:3.13\nENV PIP_CONSTRAINT=/constraints.txt\nRUN pip install flask\n"),
        good(
            "FROM python:3.13\nRUN uv pip install 'flask~=3.1' git+https://example.com/t.git@v1\n",
        ),
    ],
    check: |cx, found| {
        let managers = &[Manager::Pip, Manager::UvPip, Manager::Pipx];
        pin::report(cx, found, &PIP, managers, is_loose_pip);
    },
    ..pin::DEFAULT
};

pub(in super::super) static NPM: Rule = Rule {
    id: "dockerfile/pin-npm",
    summary: text("npm package without version", "npm 包未指定版本"),
    help: text("write `{package}@VERSION`", "请写作 `{package}@版本`"),
    rests_on: &[&NPM_VERSION],
    aliases: &["DL3016"],
    examples: &[
        bad("FROM node:22\nRUN npm install -g «pm2» serve@14\n"),
        bad("FROM node:22\nRUN npm i «@angular/cli»\n"),
        bad("FROM node:22\nRUN npm i «typescript@latest»\n"),
        good("FROM node:22\nRUN npm install && npm install @angular/cli@19 ./local a.tgz\n"),
        good("FROM node:22\nRUN npm install git+https://example.com/team/tool.git#v1\n"),
    ],
    check: |cx, found| {
        pin::report(cx, found, &NPM, &[Manager::Npm], |run, package| {
            run.does(NPM_INSTALL) && !has_npm_version(package)
        });
    },
    ..pin::DEFAULT
};

pub(in super::super) static GEM: Rule = Rule {
    id: "dockerfile/pin-gem",
    summary: text("gem without version", "gem 未指定版本"),
    help: text("write `{package}:VERSION`", "请写作 `{package}:版本`"),
    rests_on: &[&GEM_VERSION],
    aliases: &["DL3028"],
    examples: &[
        bad("FROM ruby:3.4\nRUN gem install rake:13.2 «rails» --no-document\n"),
        good("FROM ruby:3.4\nRUN gem install rails -v 8.0 -- --with-cflags=-O2\n"),
        good("FROM ruby:3.4\nRUN gem install pkg/tool-1.0.gem && gem install -g Gemfile\n"),
    ],
    check: |cx, found| {
        pin::report(cx, found, &GEM, &[Manager::Gem], |run, package| {
            run.does(&["install", "i"])
                && !run.has_flag(&["-v", "--version", "-g", "--file"])
                && !package.contains(':')
                && !package.ends_with(".gem")
                // A value of an extension's build option.
                && !run.has_flag(&["--use-system-libraries"])
        });
    },
    ..pin::DEFAULT
};

pub(in super::super) static GO: Rule = Rule {
    id: "dockerfile/pin-go",
    summary: text("Go package without version", "Go 包未指定版本"),
    help: text("write a version behind `@`: `@v1.2.3`", "请在 `@` 后写明版本：`@v1.2.3`"),
    rests_on: &[&GO_VERSION],
    aliases: &["DL3062"],
    examples: &[
        bad("FROM golang:1.24\nRUN go install «example.com/tool@latest»\n"),
        bad("FROM golang:1.24\nRUN go get -u «example.com/lib»\n"),
        good("FROM golang:1.24\nRUN go install example.com/tool@v1.4.0 && go install ./cmd/...\n"),
        good("FROM golang:1.24\nRUN go run example.com/tool@v1.4.0 latest && go run main.go\n"),
    ],
    check: |cx, found| {
        pin::report(cx, found, &GO, &[Manager::Go], |run, package| {
            run.does(&["install", "get", "run"]) && !has_go_version(package)
        });
    },
    ..pin::DEFAULT
};

fn is_loose_pip(run: &Invocation<'_>, package: &str) -> bool {
    const CONSTRAINTS: &[&str] = &["-c", "--constraint", "--constraints"];
    const FILES: &[&str] = &[".whl", ".zip", ".tgz", ".tar", ".tar.gz", ".tar.bz2", ".tar.xz"];
    if !run.does(&["install"]) || run.has_flag(CONSTRAINTS) {
        return false;
    }
    if let Some((scheme, address)) = package.split_once("://") {
        // `git+ssh://user@host/path@version#egg=name`
        let is_repository = scheme.contains("git") || scheme.starts_with(['h', 's', 'b']);
        let is_repository = is_repository && (scheme.contains('+') || scheme == "git");
        let path = address.split_once('/').map_or("", |(_, path)| path);
        let path = path.split('#').next().unwrap_or_default();
        return is_repository && !path.contains('@');
    }
    !is_path(package)
        && !package.contains(['=', '<', '>', '@'])
        && !package.contains("~=")
        && !FILES.iter().any(|ending| package.ends_with(ending))
}

const NPM_INSTALL: &[&str] = &[
    "install", "i", "in", "ins", "inst", "insta", "instal", "isnt", "isnta", "isntal", "isntall",
    "add",
];

fn has_npm_version(package: &str) -> bool {
    const FILES: &[&str] = &[".tgz", ".tar", ".tar.gz"];
    if package.starts_with(['.', '/', '~'])
        || package.starts_with("file:")
        || FILES.iter().any(|ending| package.ends_with(ending))
    {
        return true;
    }
    let is_repository =
        package.starts_with("git") && package.contains([':', '@']) || package.ends_with(".git");
    if is_repository {
        return package.contains('#');
    }
    if package.contains("://") {
        return true;
    }
    let (name, is_scoped) = match package.strip_prefix('@') {
        Some(scoped) => (scoped, true),
        None => (package, false),
    };
    match name.split_once('@') {
        // Names of tags, and none at all.
        Some((_, version)) => !matches!(version, "" | "latest" | "next" | "*"),
        // `user/repository` on GitHub.
        None => !is_scoped && name.contains('/') && name.contains('#'),
    }
}

fn has_go_version(package: &str) -> bool {
    const MOVING: &[&str] = &["", "latest", "upgrade", "patch", "main", "master", "HEAD"];
    match package.split_once('@') {
        Some((_, version)) => !MOVING.contains(&version),
        None => {
            package.starts_with(['.', '/'])
                || package.ends_with(".go")
                || matches!(package, "all" | "std" | "cmd" | "tool" | "work")
        }
    }
}
