//! Which registry a host belongs to, in which region, and from which network it is reached.
//!
//! A table of host patterns, the first that fits wins. It knows addresses only: which of them a
//! platform can pull from is the platform's to say.

use std::ops::Range;

use crate::fact::{Certainty, Citation, Publication};
use crate::text::text;

/// Whose registry it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegistryKind {
    /// Alibaba Cloud ACR Personal Edition, made before September 2024.
    AcrPersonal,
    /// Alibaba Cloud ACR Personal Edition with a domain of its own (`crpi-…`).
    AcrPersonalOwnDomain,
    /// Alibaba Cloud ACR Enterprise Edition.
    AcrEnterprise,
    /// The official images of PAI-EAS.
    EasOfficial,
    /// The official images of PAI and DSW.
    PaiOfficial,
    /// Huawei Cloud or Open Telekom Cloud SWR.
    Swr,
    /// Docker Hub.
    DockerHub,
    /// GitHub's.
    GitHub,
    /// Quay.
    Quay,
    /// Google's Container Registry or Artifact Registry.
    Google,
    /// NVIDIA NGC.
    Nvidia,
    /// Microsoft's own images.
    Microsoft,
    /// Kubernetes' own images.
    Kubernetes,
    /// Any other, a self-hosted one among them.
    Other,
}

impl RegistryKind {
    /// Whether it is one of Alibaba Cloud ACR's, the platforms' official images included.
    pub fn is_acr(self) -> bool {
        use RegistryKind::{
            AcrEnterprise, AcrPersonal, AcrPersonalOwnDomain, EasOfficial, PaiOfficial,
        };
        matches!(
            self,
            AcrPersonal | AcrPersonalOwnDomain | AcrEnterprise | EasOfficial | PaiOfficial
        )
    }

    /// The name that people know it by; empty for [`RegistryKind::Other`].
    pub const fn title(self) -> &'static str {
        match self {
            RegistryKind::AcrPersonal | RegistryKind::AcrPersonalOwnDomain => {
                "ACR Personal Edition"
            }
            RegistryKind::AcrEnterprise => "ACR Enterprise Edition",
            RegistryKind::EasOfficial => "PAI-EAS official images",
            RegistryKind::PaiOfficial => "PAI official images",
            RegistryKind::Swr => "SWR",
            RegistryKind::DockerHub => "Docker Hub",
            RegistryKind::GitHub => "GitHub Container Registry",
            RegistryKind::Quay => "Quay",
            RegistryKind::Google => "Google Container Registry",
            RegistryKind::Nvidia => "NVIDIA NGC",
            RegistryKind::Microsoft => "Microsoft Container Registry",
            RegistryKind::Kubernetes => "registry.k8s.io",
            RegistryKind::Other => "",
        }
    }
}

/// From where a host is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Network {
    /// From the Internet.
    Public,
    /// From a VPC of the host's region.
    Vpc,
    /// From inside the cloud only.
    Internal,
    /// The host does not tell.
    Unknown,
}

/// What a host tells of its registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    /// Whose it is.
    pub kind: RegistryKind,
    /// Where in the host its region stands.
    pub region: Option<Range<usize>>,
    /// From where it is reached.
    pub network: Network,
    /// What this rests on; `None` for [`RegistryKind::Other`].
    pub source: Option<&'static Citation>,
}

/// Hosts of one form. In the pattern `{region}` stands for a label, `{name}` for part of one and
/// `{number}` for digits.
#[derive(Debug)]
pub struct HostPattern {
    /// The form, with a port where it belongs to it.
    pub pattern: &'static str,
    /// Whose hosts they are.
    pub kind: RegistryKind,
    /// From where they are reached.
    pub network: Network,
    /// The form in which the same registry is reached from a VPC.
    pub vpc: Option<&'static str>,
    /// Who says so.
    pub source: &'static Citation,
}

static ACR_DOMAINS: Publication = Publication {
    title: "ACR: limits of the independent domain names of Personal Edition instances",
    url: "https://www.alibabacloud.com/help/en/acr/user-guide/individual-edition-instance-independent-domain-name-capacity-limit",
    date: "",
};
static ACR_ENDPOINT: Publication = Publication {
    title: "ACR API: GetInstanceEndpoint",
    url: "https://help.aliyun.com/zh/acr/developer-reference/api-cr-2018-12-01-getinstanceendpoint",
    date: "",
};
static EAS_JSON: Publication = Publication {
    title: "EAS: Deploy services using JSON configuration files",
    url: "https://www.alibabacloud.com/help/en/pai/user-guide/parameters-of-model-services",
    date: "2025-11-14",
};
static EASY_REC: Publication = Publication {
    title: "TorchEasyRec: serving",
    url: "https://github.com/alibaba/TorchEasyRec/blob/master/docs/source/usage/serving.md",
    date: "",
};
static SWR_LOGIN: Publication = Publication {
    title: "SWR API: Generating a long-term valid login command",
    url: "https://support.huaweicloud.com/api-swr/swr_02_0052.html",
    date: "",
};
static OTC_IMAGES: Publication = Publication {
    title: "Open Telekom Cloud SWR: image push FAQ",
    url: "https://docs.otc.t-systems.com/software-repository-container/umn/faqs/image_push.html",
    date: "",
};
static MODELARTS_MODEL: Publication = Publication {
    title: "Open Telekom Cloud ModelArts API: Obtaining details about a model",
    url: "https://github.com/opentelekomcloud-docs/modelarts",
    date: "",
};
static DISTRIBUTION: Publication = Publication {
    title: "distribution/reference: how names without a host are read",
    url: "https://github.com/distribution/reference/blob/main/normalize.go",
    date: "",
};

static OLD_PERSONAL: Citation = Citation {
    publication: &ACR_DOMAINS,
    says: text(
        "personal instances made before 2024-09-09 share registry.REGION.aliyuncs.com, in a VPC registry-vpc.REGION.aliyuncs.com",
        "2024-09-09 之前创建的个人版实例共用 registry.REGION.aliyuncs.com，VPC 内为 registry-vpc.REGION.aliyuncs.com",
    ),
    certainty: Certainty::Documented,
};
static OLD_PERSONAL_INTERNAL: Citation = Citation {
    publication: &ACR_DOMAINS,
    says: text(
        "by its name, registry-internal is the classic network's address",
        "从名称看，registry-internal 是经典网络的地址",
    ),
    certainty: Certainty::Inferred,
};
static OWN_DOMAIN: Citation = Citation {
    publication: &ACR_DOMAINS,
    says: text(
        "personal instances made since 2024-09-09 have a domain of their own, crpi-ID.REGION.personal.cr.aliyuncs.com, with -vpc after the ID in a VPC",
        "2024-09-09 起创建的个人版实例有独立域名 crpi-ID.REGION.personal.cr.aliyuncs.com，VPC 内在 ID 后加 -vpc",
    ),
    certainty: Certainty::Documented,
};
static ENTERPRISE: Citation = Citation {
    publication: &ACR_ENDPOINT,
    says: text(
        "an enterprise instance is NAME-registry.REGION.cr.aliyuncs.com, in a VPC NAME-registry-vpc.REGION.cr.aliyuncs.com",
        "企业版实例的地址是 NAME-registry.REGION.cr.aliyuncs.com，VPC 内为 NAME-registry-vpc.REGION.cr.aliyuncs.com",
    ),
    certainty: Certainty::Documented,
};
static EAS_IMAGES: Citation = Citation {
    publication: &EAS_JSON,
    says: text(
        "the official images of EAS are on eas-registry-vpc.REGION.cr.aliyuncs.com",
        "EAS 官方镜像位于 eas-registry-vpc.REGION.cr.aliyuncs.com",
    ),
    certainty: Certainty::Documented,
};
static PAI_IMAGES: Citation = Citation {
    publication: &EASY_REC,
    says: text(
        "the official images of PAI are on dsw-registry-vpc.REGION.cr.aliyuncs.com",
        "PAI 官方镜像位于 dsw-registry-vpc.REGION.cr.aliyuncs.com",
    ),
    certainty: Certainty::Observed,
};
static SWR_HUAWEI: Citation = Citation {
    publication: &SWR_LOGIN,
    says: text("SWR is swr.REGION.myhuaweicloud.com", "SWR 的地址是 swr.REGION.myhuaweicloud.com"),
    certainty: Certainty::Documented,
};
static SWR_EUROPE: Citation = Citation {
    publication: &SWR_LOGIN,
    says: text("in Huawei Cloud Europe the domain ends in .eu", "华为云欧洲站的域名以 .eu 结尾"),
    certainty: Certainty::Inferred,
};
static SWR_OTC: Citation = Citation {
    publication: &OTC_IMAGES,
    says: text(
        "Open Telekom Cloud's SWR is swr.REGION.otc.t-systems.com",
        "Open Telekom Cloud 的 SWR 地址是 swr.REGION.otc.t-systems.com",
    ),
    certainty: Certainty::Documented,
};
static SWR_INTERNAL: Citation = Citation {
    publication: &MODELARTS_MODEL,
    says: text(
        "ModelArts itself names images by an internal address with port 20202",
        "ModelArts 自身使用端口为 20202 的内部地址引用镜像",
    ),
    certainty: Certainty::Observed,
};
static WELL_KNOWN: Citation = Citation {
    publication: &DISTRIBUTION,
    says: text(
        "the host of a reference is the registry; one without a host is on docker.io",
        "地址中的域名就是镜像仓库；没有域名时为 docker.io",
    ),
    certainty: Certainty::Necessary,
};

const fn row(
    pattern: &'static str,
    kind: RegistryKind,
    network: Network,
    vpc: Option<&'static str>,
    source: &'static Citation,
) -> HostPattern {
    HostPattern { pattern, kind, network, vpc, source }
}

const fn public(pattern: &'static str, kind: RegistryKind) -> HostPattern {
    row(pattern, kind, Network::Public, None, &WELL_KNOWN)
}

/// Every form of host that is known, the more particular first.
pub static HOSTS: &[HostPattern] = {
    use Network::{Internal, Public, Vpc};
    use RegistryKind::{
        AcrEnterprise, AcrPersonal, AcrPersonalOwnDomain, DockerHub, EasOfficial, GitHub, Google,
        Kubernetes, Microsoft, Nvidia, PaiOfficial, Quay, Swr,
    };
    const PERSONAL_VPC: &str = "registry-vpc.{region}.aliyuncs.com";
    const OWN_VPC: &str = "crpi-{name}-vpc.{region}.personal.cr.aliyuncs.com";
    const EAS_VPC: &str = "eas-registry-vpc.{region}.cr.aliyuncs.com";
    const PAI_VPC: &str = "dsw-registry-vpc.{region}.cr.aliyuncs.com";
    const ENTERPRISE_VPC: &str = "{name}-registry-vpc.{region}.cr.aliyuncs.com";
    &[
        row(PERSONAL_VPC, AcrPersonal, Vpc, None, &OLD_PERSONAL),
        row(
            "registry-internal.{region}.aliyuncs.com",
            AcrPersonal,
            Internal,
            None,
            &OLD_PERSONAL_INTERNAL,
        ),
        row(
            "registry.{region}.aliyuncs.com",
            AcrPersonal,
            Public,
            Some(PERSONAL_VPC),
            &OLD_PERSONAL,
        ),
        row(OWN_VPC, AcrPersonalOwnDomain, Vpc, None, &OWN_DOMAIN),
        row(
            "crpi-{name}.{region}.personal.cr.aliyuncs.com",
            AcrPersonalOwnDomain,
            Public,
            Some(OWN_VPC),
            &OWN_DOMAIN,
        ),
        row(EAS_VPC, EasOfficial, Vpc, None, &EAS_IMAGES),
        row(
            "eas-registry.{region}.cr.aliyuncs.com",
            EasOfficial,
            Public,
            Some(EAS_VPC),
            &EAS_IMAGES,
        ),
        row(PAI_VPC, PaiOfficial, Vpc, None, &PAI_IMAGES),
        row(
            "dsw-registry.{region}.cr.aliyuncs.com",
            PaiOfficial,
            Public,
            Some(PAI_VPC),
            &PAI_IMAGES,
        ),
        row(ENTERPRISE_VPC, AcrEnterprise, Vpc, None, &ENTERPRISE),
        row(
            "{name}-registry.{region}.cr.aliyuncs.com",
            AcrEnterprise,
            Public,
            Some(ENTERPRISE_VPC),
            &ENTERPRISE,
        ),
        row("swr.{region}.myhuaweicloud.com", Swr, Public, None, &SWR_HUAWEI),
        row("swr.{region}.myhuaweicloud.eu", Swr, Public, None, &SWR_EUROPE),
        row("swr.{region}.otc.t-systems.com", Swr, Public, None, &SWR_OTC),
        row("{number}.{number}.{number}.{number}:20202", Swr, Internal, None, &SWR_INTERNAL),
        public("docker.io", DockerHub),
        public("index.docker.io", DockerHub),
        public("registry-1.docker.io", DockerHub),
        public("registry.hub.docker.com", DockerHub),
        public("ghcr.io", GitHub),
        public("quay.io", Quay),
        public("gcr.io", Google),
        public("us.gcr.io", Google),
        public("eu.gcr.io", Google),
        public("asia.gcr.io", Google),
        public("{name}-docker.pkg.dev", Google),
        public("nvcr.io", Nvidia),
        public("mcr.microsoft.com", Microsoft),
        public("registry.k8s.io", Kubernetes),
        public("k8s.gcr.io", Kubernetes),
    ]
};

/// What `host` (with its port, if any) tells of its registry.
pub fn classify_host(host: &str) -> Registry {
    match find(host) {
        Some((row, holes)) => Registry {
            kind: row.kind,
            region: holes.region,
            network: row.network,
            source: Some(row.source),
        },
        None => Registry {
            kind: RegistryKind::Other,
            region: None,
            network: Network::Unknown,
            source: None,
        },
    }
}

/// The address in a VPC of the registry whose public address `host` is, if there is one.
pub fn vpc_host(host: &str) -> Option<String> {
    let (row, holes) = find(host)?;
    let region = host.get(holes.region?)?;
    let name = holes.name.and_then(|name| host.get(name)).unwrap_or_default();
    Some(row.vpc?.replace("{region}", region).replace("{name}", name))
}

/// What stands in the holes of a pattern.
#[derive(Default)]
struct Holes {
    region: Option<Range<usize>>,
    name: Option<Range<usize>>,
}

fn find(host: &str) -> Option<(&'static HostPattern, Holes)> {
    // The longest host that a name server knows has 253 characters; a port has five.
    if host.len() > 259 {
        return None;
    }
    HOSTS.iter().find_map(|row| Some((row, fit(row.pattern, host)?)))
}

/// Fits `host` to `pattern` label by label. Hosts are the same in upper and lower case.
fn fit(pattern: &str, host: &str) -> Option<Holes> {
    let (pattern, pattern_port) = split_port(pattern);
    let (host, port) = split_port(host);
    // The port that every registry has by itself may be written out.
    if port != pattern_port && !(pattern_port.is_none() && port == Some("443")) {
        return None;
    }
    let mut holes = Holes::default();
    let mut labels = host.split('.');
    let mut start = 0;
    for wanted in pattern.split('.') {
        let label = labels.next()?;
        fit_label(wanted, label, start, &mut holes)?;
        start += label.len() + 1;
    }
    labels.next().is_none().then_some(holes)
}

fn split_port(host: &str) -> (&str, Option<&str>) {
    match host.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (host, None),
    }
}

fn fit_label(wanted: &str, label: &str, start: usize, holes: &mut Holes) -> Option<()> {
    let Some((before, rest)) = wanted.split_once('{') else {
        return wanted.eq_ignore_ascii_case(label).then_some(());
    };
    let (hole, after) = rest.split_once('}')?;
    let inner_end = label.len().checked_sub(after.len())?;
    let inner = label.get(before.len()..inner_end).filter(|inner| !inner.is_empty())?;
    let is_around = label.get(..before.len())?.eq_ignore_ascii_case(before)
        && label.get(inner_end..)?.eq_ignore_ascii_case(after);
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !is_around || !inner.bytes().all(is_letter) {
        return None;
    }
    let range = start + before.len()..start + inner_end;
    match hole {
        // `registry.REGION.aliyuncs.com` has the form, but upper case stands for a region there.
        "region" if inner.bytes().any(|byte| byte.is_ascii_uppercase()) => {}
        "region" => holes.region = Some(range),
        "number" => inner.parse::<u8>().ok().map(drop)?,
        _ => holes.name = Some(range),
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_tell_their_registry_region_and_network() {
        use Network::{Internal, Public, Unknown, Vpc};
        use RegistryKind as Kind;
        let cases = [
            ("registry.cn-hangzhou.aliyuncs.com", Kind::AcrPersonal, "cn-hangzhou", Public),
            ("registry-vpc.cn-beijing.aliyuncs.com", Kind::AcrPersonal, "cn-beijing", Vpc),
            (
                "registry-internal.cn-beijing.aliyuncs.com",
                Kind::AcrPersonal,
                "cn-beijing",
                Internal,
            ),
            (
                "crpi-0a1b2c3d4e5f6g7h.cn-shanghai.personal.cr.aliyuncs.com",
                Kind::AcrPersonalOwnDomain,
                "cn-shanghai",
                Public,
            ),
            (
                "crpi-0a1b2c3d4e5f6g7h-vpc.cn-shanghai.personal.cr.aliyuncs.com",
                Kind::AcrPersonalOwnDomain,
                "cn-shanghai",
                Vpc,
            ),
            ("acme-registry.us-west-1.cr.aliyuncs.com", Kind::AcrEnterprise, "us-west-1", Public),
            ("a-b-registry-vpc.us-west-1.cr.aliyuncs.com", Kind::AcrEnterprise, "us-west-1", Vpc),
            (
                "eas-registry-vpc.cn-wulanchabu.cr.aliyuncs.com",
                Kind::EasOfficial,
                "cn-wulanchabu",
                Vpc,
            ),
            (
                "eas-registry.cn-wulanchabu.cr.aliyuncs.com",
                Kind::EasOfficial,
                "cn-wulanchabu",
                Public,
            ),
            ("dsw-registry-vpc.cn-beijing.cr.aliyuncs.com", Kind::PaiOfficial, "cn-beijing", Vpc),
            ("swr.cn-north-4.myhuaweicloud.com", Kind::Swr, "cn-north-4", Public),
            ("swr.eu-west-101.myhuaweicloud.eu", Kind::Swr, "eu-west-101", Public),
            ("swr.eu-de.otc.t-systems.com", Kind::Swr, "eu-de", Public),
            ("100.125.5.235:20202", Kind::Swr, "", Internal),
            ("docker.io", Kind::DockerHub, "", Public),
            ("ghcr.io", Kind::GitHub, "", Public),
            ("GHCR.io:443", Kind::GitHub, "", Public),
            ("quay.io", Kind::Quay, "", Public),
            ("gcr.io", Kind::Google, "", Public),
            ("europe-west4-docker.pkg.dev", Kind::Google, "", Public),
            ("nvcr.io", Kind::Nvidia, "", Public),
            ("mcr.microsoft.com", Kind::Microsoft, "", Public),
            ("registry.REGION.aliyuncs.com", Kind::AcrPersonal, "", Public),
            ("registry.example.com", Kind::Other, "", Unknown),
            ("registry.aliyuncs.com", Kind::Other, "", Unknown),
            ("registry.cn-hangzhou.aliyuncs.com.evil.example", Kind::Other, "", Unknown),
            ("100.125.5.235:5000", Kind::Other, "", Unknown),
            ("100.125.5.999:20202", Kind::Other, "", Unknown),
            ("localhost:5000", Kind::Other, "", Unknown),
            ("", Kind::Other, "", Unknown),
        ];
        for (host, kind, region, network) in cases {
            let registry = classify_host(host);
            let found = registry.region.clone().map_or("", |range| &host[range]);
            assert_eq!((registry.kind, found, registry.network), (kind, region, network), "{host}");
            assert_eq!(registry.source.is_none(), kind == Kind::Other, "{host}");
        }
    }

    #[test]
    fn a_public_address_of_acr_has_one_in_the_vpc() {
        let cases = [
            ("registry.cn-hangzhou.aliyuncs.com", "registry-vpc.cn-hangzhou.aliyuncs.com"),
            (
                "crpi-0a1b.cn-shanghai.personal.cr.aliyuncs.com",
                "crpi-0a1b-vpc.cn-shanghai.personal.cr.aliyuncs.com",
            ),
            (
                "acme-registry.us-west-1.cr.aliyuncs.com",
                "acme-registry-vpc.us-west-1.cr.aliyuncs.com",
            ),
        ];
        for (host, vpc) in cases {
            assert_eq!(vpc_host(host).as_deref(), Some(vpc), "{host}");
            assert_eq!(vpc_host(vpc), None, "{vpc}");
            assert_eq!(classify_host(vpc).network, Network::Vpc, "{vpc}");
            assert_eq!(classify_host(vpc).kind, classify_host(host).kind, "{vpc}");
        }
        assert_eq!(vpc_host("docker.io"), None);
    }
}
