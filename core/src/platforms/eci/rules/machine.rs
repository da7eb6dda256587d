//! What the image was built for: processor and operating system.

use super::super::request::requests;
use super::super::spec::{CHOICES, MACHINES};
use super::ECI;
use crate::document::ImageView;
use crate::image::paths::shown;
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::text::{Place, text};

pub(super) static RULE: Rule = Rule {
    id: "eci/image-arch",
    summary: text("an image of another processor or system", "镜像的架构或操作系统不符"),
    message: text(
        "the image is for {found}, and the instance is {wanted}",
        "镜像为 {found} 构建，而实例为 {wanted}",
    ),
    why: text(
        "The container ends at once with `exec format error`, or the image is not pulled.",
        "容器会立即以 `exec format error` 退出，或无法拉取镜像。",
    ),
    help: text(
        "build it for {wanted}, or set `CpuArchitecture` and `OsType`",
        "请为 {wanted} 构建，或设置 `CpuArchitecture` 和 `OsType`",
    ),
    rests_on: &[&MACHINES, &CHOICES.source],
    examples: &[
        bad(r#"{"images": [{"architecture": "«arm64»"}]}"#),
        bad(r#"{"images": [{"os": "windows", "architecture": "«amd64»"}]}"#),
        bad(
            "-- app.tar --\n{\"images\": [{\"architecture\": \"«amd64»\"}]}\n-- eci-request.txt --\nContainerGroupName=web\nContainer.1.Image=a/b:1\nContainer.1.Name=a\nCpuArchitecture=ARM64\n",
        ),
        good(r#"{"images": [{"architecture": "amd64"}]}"#),
        good(
            "-- app.tar --\n{\"images\": [{\"architecture\": \"arm64\"}]}\n-- eci-request.txt --\nContainerGroupName=web\nContainer.1.Image=a/b:1\nContainer.1.Name=a\nCpuArchitecture=ARM64\n",
        ),
        good(r#"{"images": [{"architecture": "arm64"}, {"architecture": "amd64"}]}"#),
    ],
    check,
    ..ECI
};

/// What an instance is, and where the request says so.
struct Machine {
    os: String,
    architecture: String,
    at: Option<Place>,
}

fn check(cx: &Context<'_>, found: &mut Findings) {
    let mut machines: Vec<Machine> = Vec::new();
    for request in requests(cx) {
        let told = |key: &str| {
            request.known(key).map(|(node, value)| (value.to_lowercase(), request.value(node)))
        };
        let (os, architecture) = (told("OsType"), told("CpuArchitecture"));
        let at = architecture.as_ref().or(os.as_ref()).map(|(_, at)| *at);
        let or = |told: Option<(String, Place)>, usual: &str| {
            told.map_or_else(|| usual.to_owned(), |one| one.0)
        };
        machines.push(Machine { os: or(os, "linux"), architecture: or(architecture, "amd64"), at });
    }
    if machines.is_empty() {
        machines.push(Machine { os: "linux".into(), architecture: "amd64".into(), at: None });
    }
    for archive in cx.of_kind(crate::Kind::Image) {
        for machine in &machines {
            let runs = |view: &ImageView<'_>| {
                let is = |told: &Option<String>, wanted: &str| {
                    told.as_deref().is_none_or(|one| one.is_empty() || one == wanted)
                };
                is(&view.config.os, &machine.os)
                    && is(&view.config.architecture, &machine.architecture)
            };
            // Of several platforms an instance takes its own.
            let Some(view) = archive.images().next() else { continue };
            if archive.images().any(|view| runs(&view)) {
                continue;
            }
            let told = |text: &Option<String>| text.clone().unwrap_or_default();
            let platform = format!("{}/{}", told(&view.config.os), told(&view.config.architecture));
            let finding = found.add(&RULE, view.at("architecture"));
            finding.arg("found", shown(platform.as_bytes()));
            finding.arg("wanted", format!("{}/{}", machine.os, machine.architecture));
            if let Some(at) = machine.at {
                finding.related(at, text("the instance", "实例"));
            }
        }
    }
}
