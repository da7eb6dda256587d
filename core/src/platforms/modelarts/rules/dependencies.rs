//! `dependencies`: packages that ModelArts installs before the model is loaded.

use super::super::config::{configs, known};
use super::super::spec::{DEPENDENCIES, NO_DEPENDENCIES_ON_IMAGE, RESTRAINTS, UNPINNED_IS_NEWEST};
use super::MODELARTS;
use crate::rule::{Context, Finding, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::Node;

pub(super) static ON_IMAGE: Rule = Rule {
    id: "modelarts/dependencies-on-image",
    severity: Severity::Error,
    summary: text("dependencies beside a custom image", "自定义镜像不支持 dependencies"),
    message: text("a custom image cannot have `dependencies`", "自定义镜像不支持 `dependencies`"),
    why: text(
        "ModelArts installs nothing into a custom image: the import is refused.",
        "ModelArts 不会向自定义镜像安装软件包，导入会被拒绝。",
    ),
    help: text("install the packages in the Dockerfile", "在 Dockerfile 中安装这些软件包"),
    rests_on: &[&NO_DEPENDENCIES_ON_IMAGE],
    examples: &[
        bad(
            r#"{"model_type":"Image",«"dependencies"»:[{"installer":"pip","packages":[{"package_name":"numpy"}]}]}"#,
        ),
        good(r#"{"model_type":"Image","dependencies":[]}"#),
        good(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"numpy"}]}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx).filter(|config| config.is_image()) {
            let Some(member) = config.root.member("dependencies") else { continue };
            if member.node.items().is_some_and(|items| !items.is_empty()) {
                found.add(&ON_IMAGE, config.key(member));
            }
        }
    },
    ..MODELARTS
};

pub(super) static INSTALLER: Rule = Rule {
    id: "modelarts/dependency-installer",
    severity: Severity::Error,
    summary: text("an installer other than pip", "pip 以外的安装方式"),
    message: text(
        "`installer` is `pip`, not `{found}`",
        "`installer` 应为 `pip`，而不是 `{found}`",
    ),
    why: text(
        "ModelArts installs with pip alone and refuses other values.",
        "ModelArts 只支持 pip，其他取值会被拒绝。",
    ),
    help: text("write `pip`", "写作 `pip`"),
    rests_on: &[&DEPENDENCIES],
    examples: &[
        bad(r#"{"model_type":"PyTorch","dependencies":[{"installer":"«conda»","packages":[]}]}"#),
        bad(r#"{"model_type":"PyTorch","dependencies":[«{»"packages":[]}]}"#),
        good(r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[]}]}"#),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for one in dependencies(config.root) {
                match one.get("installer") {
                    None => {
                        found
                            .add(&INSTALLER, config.brace(one))
                            .says(text("`installer` is missing", "缺少 `installer`"));
                    }
                    Some(node) if node.is_unknown() || node.as_str() == Some("pip") => {}
                    Some(node) => {
                        let value = node.as_str().unwrap_or(node.type_name());
                        found.add(&INSTALLER, config.value(node)).arg("found", value);
                    }
                }
            }
        }
    },
    ..MODELARTS
};

/// The dependencies that are objects.
fn dependencies(root: &Node) -> impl Iterator<Item = &Node> {
    let list = root.get("dependencies").and_then(Node::items).unwrap_or_default();
    list.iter().filter(|one| one.is_object() && !one.is_unknown())
}

pub(super) static PACKAGES: Rule = Rule {
    id: "modelarts/dependency-packages",
    severity: Severity::Error,
    summary: text("a dependency without packages", "依赖未列出软件包"),
    message: text("`packages` is missing", "缺少 `packages`"),
    why: text(
        "Nothing tells what is to be installed, so the import refuses config.json.",
        "未说明要安装什么，导入会拒绝 config.json。",
    ),
    help: text(
        "list the packages, each with a `package_name`",
        "列出软件包，每个都要有 `package_name`",
    ),
    rests_on: &[&DEPENDENCIES],
    examples: &[
        bad(r#"{"model_type":"PyTorch","dependencies":[«{»"installer":"pip"}]}"#),
        bad(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[«{»"package_version":"1"}]}]}"#,
        ),
        bad(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[«"numpy"»]}]}"#,
        ),
        good(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"numpy"}]}]}"#,
        ),
    ],
    check: packages,
    ..MODELARTS
};

fn packages(cx: &Context<'_>, found: &mut Findings) {
    for config in configs(cx) {
        for one in dependencies(config.root) {
            let Some(list) = one.get("packages") else {
                found.add(&PACKAGES, config.brace(one));
                continue;
            };
            let Some(items) = list.items() else {
                if !list.is_unknown() {
                    found
                        .add(&PACKAGES, config.at(list.span))
                        .says(text("`packages` is an array", "`packages` 应为数组"));
                }
                continue;
            };
            for item in items.iter().filter(|item| !item.is_unknown()) {
                let name = item.get("package_name");
                let is_name = |node: &Node| {
                    node.is_unknown() || node.as_str().is_some_and(|name| !name.trim().is_empty())
                };
                if name.is_some_and(is_name) {
                    continue;
                }
                let at = match name {
                    Some(name) => config.at(name.span),
                    None if item.is_object() => config.brace(item),
                    None => config.at(item.span),
                };
                found
                    .add(&PACKAGES, at)
                    .says(text("a package has a `package_name`", "软件包需要 `package_name`"));
            }
        }
    }
}

/// pip's operators and the restraints that they mean.
const OPERATORS: &[(&str, &str)] = &[("==", "EXACT"), (">=", "ATLEAST"), ("<=", "ATMOST")];

pub(super) static SPECIAL: Rule = Rule {
    id: "modelarts/dependency-special-char",
    severity: Severity::Error,
    summary: text("a character that a package may not have", "软件包名称或版本含有特殊字符"),
    message: text("`{found}` cannot stand in `{key}`", "`{key}` 中不能有 `{found}`"),
    why: text(
        "The import refuses names and versions with & ! ' \" < > = or Chinese characters.",
        "名称和版本含有 & ! ' \" < > = 或中文字符时，导入会被拒绝。",
    ),
    help: text(
        "give name, version and restraint in keys of their own",
        "将名称、版本和约束分别写在各自的键中",
    ),
    rests_on: &[&DEPENDENCIES],
    examples: &[
        bad(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"numpy«>»=1.16"}]}]}"#,
        ),
        bad(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"numpy","package_version":"«=»=1.16","restraint":"EXACT"}]}]}"#,
        ),
        good(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"numpy","package_version":"1.16","restraint":"ATLEAST"}]}]}"#,
        ),
    ],
    check: special,
    ..MODELARTS
};

fn special(cx: &Context<'_>, found: &mut Findings) {
    let is_foreign = |letter: char| {
        matches!(letter, '&' | '!' | '\'' | '"' | '<' | '>' | '=')
            || ('\u{4e00}'..='\u{9fff}').contains(&letter)
    };
    for config in configs(cx) {
        for package in config.packages() {
            for key in ["package_name", "package_version"] {
                let Some((node, value)) = known(package, key) else { continue };
                let Some(mapped) = node.as_text() else { continue };
                let Some((at, letter)) = value.char_indices().find(|&(_, one)| is_foreign(one))
                else {
                    continue;
                };
                let place = config.at(mapped.span(at, at + letter.len_utf8()));
                let finding = found.add(&SPECIAL, place).arg("found", letter).arg("key", key);
                let is_alone = ["package_version", "restraint"]
                    .iter()
                    .all(|key| package.member(key).is_none());
                if key == "package_name" && is_alone {
                    split(finding, config.at(node.span), value);
                }
            }
        }
    }
}

/// Offers to take `numpy>=1.16` apart.
fn split(finding: &mut Finding, at: crate::text::Place, value: &str) {
    for (operator, restraint) in OPERATORS {
        let Some((name, version)) = value.split_once(operator) else { continue };
        let is_plain = |text: &str| {
            !text.is_empty()
                && text.chars().all(|one| one.is_ascii_alphanumeric() || "._-[]".contains(one))
        };
        let (name, version) = (name.trim(), version.trim());
        if is_plain(name) && is_plain(version) {
            let keys = format!(
                "\"{name}\", \"package_version\": \"{version}\", \"restraint\": \"{restraint}\""
            );
            let title = text("split it into name, version and restraint", "拆分为名称、版本和约束");
            finding.fix(Fix::risky(title).replace(at, keys));
        }
        return;
    }
}

pub(super) static RESTRAINT_VALUE: Rule = Rule {
    id: "modelarts/dependency-restraint-value",
    severity: Severity::Error,
    summary: text("a restraint that ModelArts does not know", "ModelArts 不认识的版本约束"),
    message: text(
        "`{found}` is none of EXACT, ATLEAST and ATMOST",
        "`{found}` 不是 EXACT、ATLEAST 或 ATMOST",
    ),
    why: text(
        "The import refuses config.json and no model is created.",
        "导入会拒绝 config.json，无法创建模型。",
    ),
    help: text(
        "write EXACT for ==, ATLEAST for >=, ATMOST for <=",
        "== 写作 EXACT，>= 写作 ATLEAST，<= 写作 ATMOST",
    ),
    rests_on: &[&RESTRAINTS.source],
    examples: &[
        bad(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"numpy","package_version":"1.16","restraint":"«==»"}]}]}"#,
        ),
        good(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"numpy","package_version":"","restraint":""}]}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for (node, value) in config.packages().filter_map(|package| known(package, "restraint"))
            {
                if RESTRAINTS.value.contains(&value) {
                    continue;
                }
                let at = config.value(node);
                let finding = found.add(&RESTRAINT_VALUE, at).arg("found", value);
                let of_operator = OPERATORS.iter().find(|(sign, _)| *sign == value);
                let of_case = RESTRAINTS.value.iter().find(|one| one.eq_ignore_ascii_case(value));
                if let Some(right) = of_operator.map(|(_, name)| name).or(of_case) {
                    finding.fix(
                        Fix::risky(text("write `{right}`", "写作 `{right}`"))
                            .arg("right", right)
                            .replace(at, *right),
                    );
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static RESTRAINT_MISSING: Rule = Rule {
    id: "modelarts/dependency-restraint-missing",
    severity: Severity::Error,
    summary: text("a version without a restraint", "有版本但没有约束"),
    message: text(
        "version {version} is given without a `restraint`",
        "给出了版本 {version}，但没有 `restraint`",
    ),
    why: text(
        "A version needs to say whether it is the exact, the least or the greatest one; the import refuses it otherwise.",
        "版本必须说明是等于、不低于还是不高于，否则导入会被拒绝。",
    ),
    help: text(
        "add \"restraint\": \"EXACT\", \"ATLEAST\" or \"ATMOST\"",
        "加上 \"restraint\"：\"EXACT\"、\"ATLEAST\" 或 \"ATMOST\"",
    ),
    rests_on: &[&RESTRAINTS.source],
    examples: &[
        bad(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"numpy","package_version":"«1.16»"}]}]}"#,
        ),
        bad(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"numpy","package_version":"«1.16»","restraint":""}]}]}"#,
        ),
        good(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"numpy","package_version":"1.16","restraint":"EXACT"}]}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for package in config.packages() {
                let Some((node, version)) = known(package, "package_version") else { continue };
                let restraint = package.get("restraint");
                let is_empty =
                    |node: &Node| node.as_str().is_some_and(|text| text.trim().is_empty());
                if restraint.is_none_or(is_empty) {
                    found.add(&RESTRAINT_MISSING, config.value(node)).arg("version", version);
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static RESTRAINT_ALONE: Rule = Rule {
    id: "modelarts/dependency-restraint-alone",
    severity: Severity::Info,
    summary: text("a restraint without a version", "有约束但没有版本"),
    message: text("`restraint` is given without a version", "给出了 `restraint`，但没有版本"),
    why: text(
        "There is nothing to restrain: the newest version is installed.",
        "没有可约束的版本，将安装最新版本。",
    ),
    help: text("add the version, or remove the restraint", "加上版本，或删除约束"),
    rests_on: &[&RESTRAINTS.source],
    examples: &[
        bad(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"numpy","restraint":"«EXACT»"}]}]}"#,
        ),
        good(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"numpy","package_version":"1.16","restraint":"EXACT"}]}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for package in config.packages() {
                let Some((node, _)) = known(package, "restraint") else { continue };
                let is_empty =
                    |node: &Node| node.as_str().is_some_and(|text| text.trim().is_empty());
                if package.get("package_version").is_none_or(is_empty) {
                    found.add(&RESTRAINT_ALONE, config.value(node));
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static UNPINNED: Rule = Rule {
    id: "modelarts/dependency-unpinned",
    severity: Severity::Info,
    strict: true,
    summary: text("a package without a version", "软件包未指定版本"),
    message: text("the newest `{name}` is installed, whatever it is", "将安装最新的 `{name}`"),
    why: text(
        "A service that runs today may fail after the package's next release.",
        "软件包发布新版本后，今天能运行的服务可能会失败。",
    ),
    help: text("add `package_version` and `restraint`", "加上 `package_version` 和 `restraint`"),
    rests_on: &[&UNPINNED_IS_NEWEST],
    examples: &[
        bad(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"«numpy»"}]}]}"#,
        ),
        good(
            r#"{"model_type":"PyTorch","dependencies":[{"installer":"pip","packages":[{"package_name":"numpy","package_version":"1.16","restraint":"EXACT"}]}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for package in config.packages() {
                let Some((node, name)) = known(package, "package_name") else { continue };
                let has_version =
                    package.get("package_version").is_some_and(|node| node.as_str() != Some(""));
                if !has_version && !name.contains(['=', '<', '>']) {
                    found.add(&UNPINNED, config.value(node)).arg("name", name);
                }
            }
        }
    },
    ..MODELARTS
};
