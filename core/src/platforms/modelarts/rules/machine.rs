//! What the image was built for: processor and operating system.

use super::super::config::known;
use super::super::deployment::deployments;
use super::super::spec::{ARCHITECTURES, LINUX_ONLY, SPECIFICATIONS};
use super::ANY_USE;
use crate::document::ImageView;
use crate::image::paths::shown;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Place, text};

pub(super) static ARCHITECTURE: Rule = Rule {
    id: "modelarts/image-arch",
    summary: text("an image of another processor", "镜像架构不符"),
    message: text(
        "the image is for {found}, and ModelArts has {known}",
        "镜像为 {found} 构建，而 ModelArts 支持 {known}",
    ),
    why: text(
        "The container ends at once with `exec format error`.",
        "容器会立即以 `exec format error` 退出。",
    ),
    help: text(
        "build it for the processor of the resource pool: `docker build --platform linux/amd64`",
        "请按资源池的架构构建：`docker build --platform linux/amd64`",
    ),
    rests_on: &[&ARCHITECTURES.source, &SPECIFICATIONS],
    examples: &[
        bad(r#"{"images": [{"architecture": "«ppc64le»"}]}"#),
        bad(r#"{"images": [{"architecture": "«arm64»"}]}"#),
        bad(
            "-- image.tar --\n{\"images\": [{\"architecture\": \"«arm64»\"}]}\n-- service.json --\n{\"service_name\":\"a\",\"infer_type\":\"real-time\",\"config\":[{\"model_id\":\"m\",\"specification\":\"modelarts.vm.cpu.2u\",\"instance_count\":1,\"weight\":100}]}\n",
        ),
        good(r#"{"images": [{"architecture": "amd64"}]}"#),
        good(
            "-- image.tar --\n{\"images\": [{\"architecture\": \"arm64\"}]}\n-- service.json --\n{\"service_name\":\"a\",\"infer_type\":\"real-time\",\"config\":[{\"model_id\":\"m\",\"specification\":\"modelarts.vm.arm.d310.3u6g\",\"instance_count\":1,\"weight\":100}]}\n",
        ),
        // One of several fits.
        good(
            r#"{"images": [{"reference": "a:1", "architecture": "amd64"}, {"reference": "a:1", "architecture": "arm64"}]}"#,
        ),
    ],
    check: architecture,
    ..ANY_USE
};

fn architecture(cx: &Context<'_>, found: &mut Findings) {
    let views: Vec<ImageView<'_>> = cx.images().collect();
    let flavours = flavours(cx);
    for view in &views {
        let Some(own) = view.config.architecture.as_deref().filter(|own| !own.is_empty()) else {
            continue;
        };
        let is_usual_twin = |other: &ImageView<'_>| {
            other.image.names == view.image.names
                && other.config.architecture.as_deref() == Some("amd64")
        };
        let is_known = ARCHITECTURES.value.contains(&own);
        let all_fit = !flavours.is_empty() && flavours.iter().all(|one| fits(one.1, own));
        if own == "amd64" || views.iter().any(is_usual_twin) || is_known && all_fit {
            continue;
        }
        let at = view.at("architecture");
        let finding = found.add(&ARCHITECTURE, at).arg("found", shown(own.as_bytes()));
        let unfit = flavours.iter().find(|one| !fits(one.1, own));
        match unfit {
            _ if !is_known => {
                finding.arg("known", ARCHITECTURES.value.join(", "));
            }
            Some(&(at, flavour)) => {
                finding
                    .arg("flavour", flavour)
                    .related(at, text("the instances", "实例规格"))
                    .says(text(
                        "the image is for {found}, and `{flavour}` is a machine of x86-64",
                        "镜像为 {found} 构建，而 `{flavour}` 是 x86-64 机型",
                    ));
            }
            None => {
                finding.severity(Severity::Info).says(text(
                    "the image is for {found}: it takes a resource pool of that processor",
                    "镜像为 {found} 构建：需要相应架构的资源池",
                ));
            }
        }
    }
}

/// The specifications of the instances that the project deploys to, with their places.
fn flavours<'a>(cx: &Context<'a>) -> Vec<(Place, &'a str)> {
    let mut found = Vec::new();
    for service in deployments(cx) {
        let entries = service.entries().filter_map(|one| known(one, "specification"));
        found.extend(entries.map(|(node, value)| (service.value(node), value)));
    }
    found
}

/// Whether machines of a specification may run an image of `architecture`; in doubt they may.
fn fits(flavour: &str, architecture: &str) -> bool {
    let is_x86 =
        ["modelarts.vm.cpu.", "modelarts.vm.gpu."].iter().any(|one| flavour.starts_with(one));
    !is_x86 || architecture == "amd64"
}

pub(super) static OS: Rule = Rule {
    id: "modelarts/image-os",
    summary: text("an image that is not of Linux", "镜像不是 Linux 镜像"),
    message: text(
        "the image is for {found}, and ModelArts runs Linux",
        "镜像为 {found} 构建，而 ModelArts 运行 Linux",
    ),
    why: text(
        "The nodes find no image for their system and do not start it.",
        "节点找不到适合其系统的镜像，无法启动。",
    ),
    help: text(
        "build it for linux: `docker build --platform linux/amd64`",
        "请为 linux 构建：`docker build --platform linux/amd64`",
    ),
    rests_on: &[&LINUX_ONLY],
    examples: &[
        bad(r#"{"images": [{"os": "«windows»"}]}"#),
        good(r#"{"images": [{"os": "linux"}]}"#),
    ],
    check: |cx, found| {
        for view in cx.images() {
            let os = view.config.os.as_deref().unwrap_or_default();
            if !os.is_empty() && os != "linux" {
                found.add(&OS, view.at("os")).arg("found", shown(os.as_bytes()));
            }
        }
    },
    ..ANY_USE
};
