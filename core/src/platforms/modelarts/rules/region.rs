//! Image and data of one service in two regions.

use super::super::config::{configs, known};
use super::super::deployment::deployments;
use super::super::spec::ONE_REGION;
use super::MODELARTS;
use crate::reference::{RegistryKind, parse};
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::text::{Message, Place, text};
use crate::tree::Node;

pub(super) static RULE: Rule = Rule {
    id: "modelarts/swr-region-mix",
    summary: text("image and data in two regions", "镜像与数据位于不同区域"),
    message: text(
        "this is in {region}, but the service has to do with {other} as well",
        "此处位于 {region}，而该服务还涉及 {other}",
    ),
    why: text(
        "ModelArts takes images and data from its own region; from another they are not found.",
        "ModelArts 只从所在区域获取镜像和数据，其他区域的内容会找不到。",
    ),
    help: text(
        "keep the image and the data in the region of the service",
        "请将镜像和数据放在服务所在区域",
    ),
    rests_on: &[&ONE_REGION],
    examples: &[
        bad(
            "-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"swr_location\":\"swr.eu-de.otc.t-systems.com/org/app:1\"}\n-- deploy.json --\n{\"infer_type\":\"batch\",\"config\":[{\"src_path\":\"https://data.obs.«eu-nl».otc.t-systems.com/in/\"}]}\n",
        ),
        good(
            "-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"swr_location\":\"swr.eu-de.otc.t-systems.com/org/app:1\"}\n-- deploy.json --\n{\"infer_type\":\"batch\",\"config\":[{\"src_path\":\"https://data.obs.eu-de.otc.t-systems.com/in/\"}]}\n",
        ),
    ],
    check,
    ..MODELARTS
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    let mut regions: Vec<(String, Place)> = Vec::new();
    for config in configs(cx) {
        let Some((node, address)) = known(config.root, "swr_location") else { continue };
        let (Ok(reference), Some(text)) = (parse(address), node.as_text()) else { continue };
        let registry = reference.registry();
        let host = reference.host_range().map_or(0, |host| host.start);
        if let (RegistryKind::Swr, Some(range)) = (registry.kind, registry.region) {
            let (start, end) = (host + range.start, host + range.end);
            regions.push((text.text()[start..end].to_owned(), config.at(text.span(start, end))));
        }
    }
    for service in deployments(cx) {
        for entry in service.entries() {
            for node in ["src_path", "dest_path"].iter().filter_map(|key| entry.get(key)) {
                if let Some((start, end)) = obs_region(node)
                    && let Some(text) = node.as_text()
                {
                    let region = text.text()[start..end].to_owned();
                    regions.push((region, service.at(text.span(start, end))));
                }
            }
        }
    }
    let Some((first, at)) = regions.first() else { return };
    for (region, place) in regions.iter().filter(|(region, _)| region != first) {
        found.add(&RULE, *place).arg("region", region).arg("other", first).related_message(
            *at,
            Message::new(text("{other} is named here", "{other} 在此")).arg("other", first),
        );
    }
}

/// Where the region stands in `https://bucket.obs.REGION.myhuaweicloud.com/…`.
fn obs_region(node: &Node) -> Option<(usize, usize)> {
    let address = node.as_str().filter(|_| !node.is_unknown())?;
    let start = address.find("://")? + 3;
    let host = address[start..].split(['/', ':']).next()?;
    let at = if host.starts_with("obs.") { 4 } else { host.find(".obs.")? + 5 };
    let region = host[at..].split('.').next()?;
    let is_region =
        region.contains('-') && region.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    is_region.then_some((start + at, start + at + region.len()))
}
