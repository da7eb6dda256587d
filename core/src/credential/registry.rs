//! What a registry's address and a username tell of a login: whose registry it is, and whether the
//! login can be one for it.

use crate::reference::{Network, Registry, RegistryKind, classify_host};
use crate::text::{Lang, Text, text};

use super::Note;

/// The key under which docker keeps the credential for Docker Hub.
pub(super) const DOCKER_HUB: &str = "https://index.docker.io/v1/";

/// Usernames that registries give to logins of some hours.
const TEMPORARY: [&str; 4] = [
    // Alibaba Cloud ACR
    "cr_temp_user",
    // Amazon ECR
    "AWS",
    // Google Artifact Registry
    "oauth2accesstoken",
    // Azure Container Registry
    "00000000-0000-0000-0000-000000000000",
];

/// The host of a registry as people write it: without scheme and path.
pub(super) fn host(registry: &str) -> &str {
    let rest = registry.split_once("://").map_or(registry, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default().trim()
}

/// Whose registry it is, where, and from where it is reached, for people; `None` for one that is
/// not known.
pub(super) fn title(registry: &str, lang: Lang) -> Option<String> {
    let host = host(registry);
    let known = classify_host(host);
    let title = name(known.kind)?.get(lang);
    let region = region(&known, host);
    // Where there are no regions, there is one way in.
    let network = network(known.network).filter(|_| known.kind != RegistryKind::DockerHub);
    let parts = [title, region, network.map_or("", |network| network.get(lang))];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Some(parts.join(match lang {
        Lang::En => ", ",
        Lang::Zh => "，",
    }))
}

fn region<'a>(known: &Registry, host: &'a str) -> &'a str {
    known.region.clone().and_then(|range| host.get(range)).unwrap_or_default()
}

fn name(kind: RegistryKind) -> Option<Text> {
    Some(match kind {
        RegistryKind::AcrPersonal => text("ACR Personal Edition", "ACR 个人版"),
        RegistryKind::AcrPersonalOwnDomain => {
            text("ACR Personal Edition with a domain of its own", "ACR 个人版（独立域名）")
        }
        RegistryKind::AcrEnterprise => text("ACR Enterprise Edition", "ACR 企业版"),
        RegistryKind::EasOfficial => text("official images of PAI-EAS", "PAI-EAS 官方镜像"),
        RegistryKind::PaiOfficial => text("official images of PAI", "PAI 官方镜像"),
        RegistryKind::Other => return None,
        other => text(other.title(), other.title()),
    })
}

const fn network(network: Network) -> Option<Text> {
    match network {
        Network::Public => Some(text("public address", "公网地址")),
        Network::Vpc => Some(text("address inside a VPC", "VPC 内地址")),
        Network::Internal => Some(text("internal address", "内网地址")),
        Network::Unknown => None,
    }
}

/// What is to be known of a login with `username` for `registry`.
pub(super) fn notes(registry: &str, username: Option<&str>) -> Vec<Note> {
    let host = host(registry);
    let known = classify_host(host);
    let mut notes = Vec::new();
    if known.kind == RegistryKind::AcrPersonalOwnDomain && known.network == Network::Public {
        notes.push(Note::PublicPullRefused);
    }
    let Some(username) = username else { return notes };
    if TEMPORARY.contains(&username) {
        notes.push(Note::TemporaryLogin);
    }
    let is_known = !username.is_empty() && !crate::reference::is_placeholder(username);
    if known.kind == RegistryKind::Swr && is_known {
        let region = region(&known, host);
        match username.split_once('@') {
            Some((place, key)) if !place.is_empty() && !key.is_empty() => {
                // A project of one's own has any name; that of a region begins like one.
                if !region.is_empty() && is_region(place) && place != region {
                    notes.push(Note::SwrRegion);
                }
            }
            _ => notes.push(Note::SwrUsername),
        }
    }
    notes
}

/// `cn-north-4`, `ap-southeast-3`, `eu-de`: what regions of SWR are called.
fn is_region(name: &str) -> bool {
    let mut parts = name.split('-');
    let area = parts.next().unwrap_or_default();
    let direction = parts.next().unwrap_or_default();
    let number = parts.next();
    let is_area =
        matches!(area, "cn" | "ap" | "af" | "la" | "na" | "sa" | "eu" | "me" | "tr" | "ru");
    let is_direction = !direction.is_empty() && direction.bytes().all(|b| b.is_ascii_lowercase());
    let is_number =
        number.is_none_or(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()));
    is_area && is_direction && is_number && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_is_named_with_its_region_and_network() {
        let cases = [
            (
                "registry-vpc.cn-hangzhou.aliyuncs.com",
                "ACR Personal Edition, cn-hangzhou, address inside a VPC",
            ),
            (
                "https://acme-registry.us-west-1.cr.aliyuncs.com/team",
                "ACR Enterprise Edition, us-west-1, public address",
            ),
            ("swr.eu-de.otc.t-systems.com", "SWR, eu-de, public address"),
            (DOCKER_HUB, "Docker Hub"),
        ];
        for (registry, expected) in cases {
            assert_eq!(title(registry, Lang::En).as_deref(), Some(expected), "{registry}");
        }
        let zh = title("crpi-0a1b.cn-beijing.personal.cr.aliyuncs.com", Lang::Zh);
        assert_eq!(zh.as_deref(), Some("ACR 个人版（独立域名），cn-beijing，公网地址"));
        assert_eq!(title("registry.example.com", Lang::En), None);
    }

    #[test]
    fn a_username_that_is_none_of_the_registry_is_told() {
        const SWR: &str = "swr.cn-north-4.myhuaweicloud.com";
        let cases: &[(&str, &str, &[Note])] = &[
            (SWR, "cn-north-4@HPUAB12CD34", &[]),
            (SWR, "my-project@HPUAB12CD34", &[]),
            (SWR, "cn-north-4_team@HPUAB12CD34", &[]),
            (SWR, "cn-north-1@HPUAB12CD34", &[Note::SwrRegion]),
            (SWR, "HPUAB12CD34", &[Note::SwrUsername]),
            (SWR, "@HPUAB12CD34", &[Note::SwrUsername]),
            (SWR, "${USER}", &[]),
            ("swr.eu-de.otc.t-systems.com", "eu-nl@AB", &[Note::SwrRegion]),
            ("registry.cn-hangzhou.aliyuncs.com", "cr_temp_user", &[Note::TemporaryLogin]),
            ("registry.cn-hangzhou.aliyuncs.com", "ann@example", &[]),
            ("crpi-0a1b.cn-beijing.personal.cr.aliyuncs.com", "ann", &[Note::PublicPullRefused]),
            ("crpi-0a1b-vpc.cn-beijing.personal.cr.aliyuncs.com", "ann", &[]),
        ];
        for (registry, username, expected) in cases {
            assert_eq!(notes(registry, Some(username)), *expected, "{registry} {username}");
        }
    }
}
