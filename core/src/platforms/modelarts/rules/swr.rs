//! `swr_location`: whether it belongs there, and whether SWR knows such an address.

use super::super::config::{Config, configs, known, removal};
use super::super::spec::{
    SWR_ADDRESS, SWR_LOCATION, SWR_ON_ENGINE, SWR_ORGANISATION, SWR_REPOSITORY, TAGS_MOVE,
};
use super::MODELARTS;
use super::document::is_package;
use crate::reference::{
    ImageReference, NotAReference, ReferenceErrorKind, RegistryKind, SwrNameError,
    check_swr_organisation, check_swr_repository, parse,
};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{MappedText, text};

pub(super) static NOT_IMAGE: Rule = Rule {
    id: "modelarts/swr-location-not-image",
    severity: Severity::Error,
    summary: text("an image's address beside an engine", "引擎模型不能有镜像地址"),
    message: text(
        "`swr_location` is for model_type Image, not {kind}",
        "`swr_location` 仅用于 model_type 为 Image 的模型，而不是 {kind}",
    ),
    why: text(
        "The import of a model that is no custom image fails if an image's address is given.",
        "非自定义镜像模型给出镜像地址时，导入失败。",
    ),
    help: text("remove it, or set model_type to Image", "请删除，或将 model_type 设为 Image"),
    rests_on: &[&SWR_ON_ENGINE],
    examples: &[
        bad(
            r#"{"model_algorithm":"a","model_type":"PyTorch",«"swr_location"»:"swr.eu-de.otc.t-systems.com/org/app:1"}"#,
        ),
        good(
            r#"{"model_algorithm":"a","model_type":"Image","swr_location":"swr.eu-de.otc.t-systems.com/org/app:1"}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx).filter(|config| config.is_engine()) {
            if let Some(member) = config.root.member("swr_location") {
                found
                    .add(&NOT_IMAGE, config.key(member))
                    .arg("kind", config.model_type().unwrap_or_default());
            }
        }
    },
    ..MODELARTS
};

pub(super) static MISSING: Rule = Rule {
    id: "modelarts/swr-location-missing",
    summary: text("a model package that names no image", "模型包未给出镜像地址"),
    message: text("`swr_location` is missing", "缺少 `swr_location`"),
    why: text(
        "An import from OBS learns from this key alone which image the model is.",
        "从 OBS 导入时，只能通过该键得知模型使用的镜像。",
    ),
    help: text(
        "give the image's address in SWR, or import from the container image instead",
        "给出镜像的 SWR 地址，或改为从容器镜像导入",
    ),
    rests_on: &[&SWR_LOCATION],
    examples: &[
        bad("-- model/config.json --\n«{»\"model_algorithm\":\"a\",\"model_type\":\"Image\"}\n"),
        good(
            "-- model/config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"swr_location\":\"swr.eu-de.otc.t-systems.com/org/app:1\"}\n",
        ),
        good(r#"{"model_algorithm":"a","model_type":"Image"}"#),
    ],
    check: |cx, found| {
        for config in configs(cx).filter(|config| config.is_image()) {
            let path = config.document.source.path();
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            // Only the folder of a package tells that the import is from OBS.
            if is_package(folder) && config.root.get("swr_location").is_none() {
                found.add(&MISSING, config.brace(config.root));
            }
        }
    },
    ..MODELARTS
};

pub(super) static UNUSED: Rule = Rule {
    id: "modelarts/swr-location-unused",
    severity: Severity::Info,
    strict: true,
    summary: text(
        "an address that an import from an image passes over",
        "从镜像导入时不使用的地址",
    ),
    message: text(
        "`swr_location` is only read in an import from OBS",
        "`swr_location` 仅在从 OBS 导入时使用",
    ),
    why: text(
        "An import from a container image names the image itself; this one may be another by then.",
        "从容器镜像导入时会另行指定镜像，此处的地址可能与之不同。",
    ),
    help: text("remove it unless the package is imported from OBS", "除非从 OBS 导入，否则请删除"),
    rests_on: &[&SWR_LOCATION],
    examples: &[
        bad(
            r#"{"model_algorithm":"a","model_type":"Image",«"swr_location"»:"swr.eu-de.otc.t-systems.com/org/app:1"}"#,
        ),
        good(r#"{"model_algorithm":"a","model_type":"Image"}"#),
    ],
    check: |cx, found| {
        for config in configs(cx).filter(|config| config.is_image()) {
            if let Some(member) = config.root.member("swr_location") {
                let whole = config.at(removal(config.root, member));
                found
                    .add(&UNUSED, config.key(member))
                    .fix(Fix::risky(text("remove it", "删除")).delete(whole));
            }
        }
    },
    ..MODELARTS
};

/// The addresses, as they are written.
fn addresses<'a>(cx: &Context<'a>) -> impl Iterator<Item = (Config<'a>, &'a MappedText)> {
    configs(cx).filter_map(|config| {
        let (node, _) = known(config.root, "swr_location")?;
        Some((config, node.as_text()?))
    })
}

/// The addresses that follow the grammar and do not lie on a registry of somebody else's.
fn references<'a>(
    cx: &Context<'a>,
) -> impl Iterator<Item = (Config<'a>, &'a MappedText, ImageReference)> {
    addresses(cx).filter_map(|(config, text)| {
        let reference = parse(text.text()).ok()?;
        let kind = reference.registry().kind;
        matches!(kind, RegistryKind::Swr).then_some((config, text, reference))
    })
}

pub(super) static ADDRESS: Rule = Rule {
    id: "modelarts/swr-address-format",
    severity: Severity::Error,
    summary: text("an address that is none of an image in SWR", "不是 SWR 镜像地址"),
    message: text("this is not the address of an image in SWR", "这不是 SWR 镜像的地址"),
    why: text(
        "ModelArts takes images from SWR alone; with another address the model cannot be created.",
        "ModelArts 只从 SWR 获取镜像；其他地址无法创建模型。",
    ),
    help: text(
        "write swr.REGION.DOMAIN/ORGANISATION/REPOSITORY:TAG",
        "写成 swr.区域.域名/组织/仓库:标签",
    ),
    rests_on: &[&SWR_ADDRESS],
    examples: &[
        bad(
            r#"{"model_type":"Image","swr_location":"«https://»swr.eu-de.otc.t-systems.com/org/app:1"}"#,
        ),
        bad(r#"{"model_type":"Image","swr_location":"«docker.io»/org/app:1"}"#),
        bad(r#"{"model_type":"Image","swr_location":"«org/app:1»"}"#),
        bad(r#"{"model_type":"Image","swr_location":"«swr.eu-de.otc.t-systems.com/app»:1"}"#),
        good(r#"{"model_type":"Image","swr_location":"swr.eu-de.otc.t-systems.com/org/app:1.0"}"#),
        good(r#"{"model_type":"Image","swr_location":"100.125.5.235:20202/org/app:1.0"}"#),
        good(r#"{"model_type":"Image","swr_location":"swr.<region>.myhuaweicloud.com/org/app:1"}"#),
    ],
    check: address,
    ..MODELARTS
};

fn address(cx: &Context<'_>, found: &mut Findings) {
    for (config, text) in addresses(cx) {
        let at = |range: std::ops::Range<usize>| config.at(text.span(range.start, range.end));
        match parse(text.text()) {
            Err(NotAReference::Unknown { .. }) => {}
            Err(NotAReference::Wrong(error)) => {
                // Letter case is a matter of names.
                let finding = found.add(&ADDRESS, at(error.range.clone()));
                finding.message = error.message();
                if let (ReferenceErrorKind::Scheme, Some(right)) = (error.kind, error.corrected) {
                    finding.fix(
                        Fix::risky(crate::text::text("remove the scheme", "删除协议前缀"))
                            .replace(config.at(text.whole()), right),
                    );
                }
            }
            Ok(reference) => {
                let place = match (reference.host_range(), reference.registry().kind) {
                    (None, _) => Some(0..text.text().len()),
                    (Some(_), RegistryKind::Swr) if !reference.path().contains('/') => {
                        Some(reference.name_range())
                    }
                    // A registry that nobody knows may be SWR's address inside the cloud.
                    (Some(_), RegistryKind::Swr | RegistryKind::Other) => None,
                    (Some(host), _) => Some(host),
                };
                if let Some(range) = place {
                    found.add(&ADDRESS, at(range));
                }
            }
        }
    }
}

pub(super) static ORGANISATION: Rule = Rule {
    id: "modelarts/swr-org-name",
    severity: Severity::Error,
    summary: text("an organisation that SWR cannot have", "SWR 不允许的组织名"),
    message: text("SWR has no organisation of this name", "SWR 中不可能有此组织名"),
    why: text(
        "SWR refuses to create such an organisation, so no image can lie there.",
        "SWR 不允许创建这样的组织，因此其中不可能有镜像。",
    ),
    help: text("look the organisation up in SWR", "请在 SWR 中核对组织名"),
    rests_on: &[&SWR_ORGANISATION],
    examples: &[
        bad(r#"{"model_type":"Image","swr_location":"swr.eu-de.otc.t-systems.com/«9»org/app:1"}"#),
        good(r#"{"model_type":"Image","swr_location":"swr.eu-de.otc.t-systems.com/my-org/app:1"}"#),
    ],
    check: |cx, found| {
        for (config, text, reference) in references(cx) {
            let start = reference.path_range().start;
            if let Some((organisation, _)) = reference.path().split_once('/') {
                let result = check_swr_organisation(organisation);
                name(found, &ORGANISATION, config, text, start, result);
            }
        }
    },
    ..MODELARTS
};

pub(super) static REPOSITORY: Rule = Rule {
    id: "modelarts/swr-repo-name",
    severity: Severity::Error,
    summary: text("a repository that SWR cannot have", "SWR 不允许的镜像仓库名"),
    message: text("SWR has no repository of this name", "SWR 中不可能有此镜像仓库名"),
    why: text(
        "SWR refuses to create such a repository, so no image can lie there.",
        "SWR 不允许创建这样的仓库，因此其中不可能有镜像。",
    ),
    help: text("look the repository up in SWR", "请在 SWR 中核对仓库名"),
    rests_on: &[&SWR_REPOSITORY],
    examples: &[
        bad(
            r#"{"model_type":"Image","swr_location":"swr.eu-de.otc.t-systems.com/org/app«--»x:1"}"#,
        ),
        good(r#"{"model_type":"Image","swr_location":"swr.eu-de.otc.t-systems.com/org/app-x:1"}"#),
    ],
    check: |cx, found| {
        for (config, text, reference) in references(cx) {
            if let Some((organisation, repository)) = reference.path().split_once('/') {
                let start = reference.path_range().start + organisation.len() + 1;
                let result = check_swr_repository(repository);
                name(found, &REPOSITORY, config, text, start, result);
            }
        }
    },
    ..MODELARTS
};

fn name(
    found: &mut Findings,
    rule: &'static Rule,
    config: Config<'_>,
    text: &MappedText,
    start: usize,
    result: Result<(), SwrNameError>,
) {
    if let Err(error) = result {
        let span = text.span(start + error.range.start, start + error.range.end);
        found.add(rule, config.at(span)).message = error.message();
    }
}

pub(super) static TAG: Rule = Rule {
    id: "modelarts/swr-tag-missing",
    severity: Severity::Info,
    strict: true,
    summary: text("an image without a tag of its own", "镜像没有明确的标签"),
    message: text("the image is named by no tag of its own", "镜像没有明确的标签"),
    why: text(
        "The next push replaces what `latest` means, so nobody can tell which image the model uses.",
        "下一次推送会覆盖 `latest`，无法得知模型使用的是哪个镜像。",
    ),
    help: text("push and name a version, such as `:1.0.0`", "推送并使用版本标签，例如 `:1.0.0`"),
    rests_on: &[&TAGS_MOVE],
    examples: &[
        bad(r#"{"model_type":"Image","swr_location":"«swr.eu-de.otc.t-systems.com/org/app»"}"#),
        bad(
            r#"{"model_type":"Image","swr_location":"swr.eu-de.otc.t-systems.com/org/app:«latest»"}"#,
        ),
        good(
            r#"{"model_type":"Image","swr_location":"swr.eu-de.otc.t-systems.com/org/app:1.0.0"}"#,
        ),
    ],
    check: |cx, found| {
        for (config, text, reference) in references(cx) {
            if reference.digest().is_some() {
                continue;
            }
            let range = match reference.tag() {
                None => reference.name_range(),
                Some("latest") => reference.tag_range().unwrap_or_default(),
                Some(_) => continue,
            };
            found.add(&TAG, config.at(text.span(range.start, range.end)));
        }
    },
    ..MODELARTS
};
