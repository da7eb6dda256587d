//! Credentials of registries: their form, and whether they fit the images.

use std::collections::{HashMap, HashSet};

use super::super::request::{Request, Spelling, has, host_of_server, known, requests};
use super::super::spec::{
    CREDENTIAL_BY_HOST, CREDENTIAL_PARTS, PARAMETERS, PASSWORD_IN_PLAIN, SERVER_IS_A_HOST,
    SERVER_WITHOUT_SCHEME,
};
use super::ECI;
use crate::reference::{classify_host, is_placeholder, vpc_host};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{MappedText, Message, Place, text};
use crate::tree::{Member, Node};

/// A server that is literal text, with its credential.
struct Server<'r> {
    node: &'r Node,
    text: &'r MappedText,
}

impl Server<'_> {
    /// The host alone, in lower case.
    fn host(&self) -> String {
        canonical(host_of_server(self.text.text()))
    }
}

/// One name for the hosts that are one registry.
fn canonical(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    match host.as_str() {
        "index.docker.io"
        | "registry-1.docker.io"
        | "registry.hub.docker.com"
        | "hub.docker.com" => "docker.io".to_owned(),
        _ => host.strip_suffix(":443").map(str::to_owned).unwrap_or(host),
    }
}

fn servers<'r>(request: &'r Request<'_>) -> Vec<Server<'r>> {
    let server = |entry: &'r Node| {
        let (node, _) = known(entry, "Server").or_else(|| known(entry, "server"))?;
        Some(Server { node, text: node.as_text().filter(|text| !text.text().is_empty())? })
    };
    request.credentials().filter_map(server).collect()
}

/// Where in a server a part of its text stands.
fn part(request: &Request<'_>, server: &Server<'_>, start: usize, end: usize) -> Place {
    request.at(server.text.span(start, end))
}

pub(super) static SERVER_SCHEME: Rule = Rule {
    id: "eci/credential-server-scheme",
    severity: Severity::Error,
    summary: text("a registry's address with a scheme", "仓库地址带有协议"),
    message: text("`{scheme}` does not belong in `Server`", "`Server` 中不应有 `{scheme}`"),
    why: text(
        "ECI compares the address with the image's host, which has no scheme: the login is not used.",
        "ECI 用该地址与镜像的域名比较，而镜像域名不带协议：凭证不会生效。",
    ),
    help: text("write the host alone", "只写域名"),
    rests_on: &[&SERVER_WITHOUT_SCHEME],
    examples: &[
        bad("ImageRegistryCredential.1.Server=«https://»registry-vpc.cn-hangzhou.aliyuncs.com\n")
            .fixed("ImageRegistryCredential.1.Server=registry-vpc.cn-hangzhou.aliyuncs.com\n"),
        bad(r#"{"ContainerGroupName":"web","Container":[],"ImageRegistryCredential":[{"Server":"«http://»registry.example.com"}]}"#)
            .fixed(r#"{"ContainerGroupName":"web","Container":[],"ImageRegistryCredential":[{"Server":"registry.example.com"}]}"#),
        good("ImageRegistryCredential.1.Server=registry-vpc.cn-hangzhou.aliyuncs.com\n"),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for server in servers(&request) {
                let written = server.text.text();
                let Some(end) = written.find("://").map(|at| at + 3) else { continue };
                let at = part(&request, &server, 0, end);
                let scheme = written.get(..end).unwrap_or_default();
                let finding = found.add(&SERVER_SCHEME, at).arg("scheme", scheme);
                if server.text.is_verbatim(0, end) {
                    finding.fix(Fix::safe(text("remove the scheme", "删除协议")).delete(at));
                }
            }
        }
    },
    ..ECI
};

pub(super) static SERVER_PATH: Rule = Rule {
    id: "eci/credential-server-path",
    severity: Severity::Warning,
    summary: text("a registry's address with a path", "仓库地址带有路径"),
    message: text("`{path}` does not belong in `Server`: it is a host", "`Server` 是域名，不应有 `{path}`"),
    why: text(
        "One logs in to a host: with a path the credential fits no image.",
        "登录的对象是域名：带路径的凭证不匹配任何镜像。",
    ),
    help: text("write the host alone", "只写域名"),
    rests_on: &[&SERVER_IS_A_HOST],
    examples: &[
        bad("Container.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\nImageRegistryCredential.1.Server=registry-vpc.cn-hangzhou.aliyuncs.com«/team»\n")
            .fixed("Container.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\nImageRegistryCredential.1.Server=registry-vpc.cn-hangzhou.aliyuncs.com\n"),
        bad("ImageRegistryCredential.1.Server=registry.example.com«/team/web:1.2»\n"),
        good("ImageRegistryCredential.1.Server=registry.example.com:5000\n"),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            let images: HashSet<String> =
                request.images().iter().filter_map(|one| one.host.as_deref().map(canonical)).collect();
            for server in servers(&request) {
                let written = server.text.text().trim_end();
                let from = written.find("://").map_or(0, |at| at + 3);
                let Some(slash) = written[from..].find('/').map(|at| from + at) else { continue };
                // Docker Hub's own address has a path.
                if canonical(host_of_server(written)) == "docker.io" {
                    continue;
                }
                let at = part(&request, &server, slash, written.len());
                let path = &written[slash..];
                let finding = found.add(&SERVER_PATH, at).arg("path", path);
                if images.contains(&server.host()) && server.text.is_verbatim(slash, written.len()) {
                    finding.fix(Fix::safe(text("remove the path", "删除路径")).delete(at));
                }
            }
        }
    },
    ..ECI
};

/// The three parts of a credential.
const PARTS: [&str; 3] = ["Server", "UserName", "Password"];

/// The part of that name, in any letters.
fn in_any_case<'r>(entry: &'r Node, name: &str) -> Option<&'r Member> {
    entry.members().iter().find(|member| member.key.eq_ignore_ascii_case(name))
}

pub(super) static INCOMPLETE: Rule = Rule {
    id: "eci/credential-incomplete",
    severity: Severity::Error,
    summary: text("a credential that lacks a part", "凭证不完整"),
    message: text("the credential lacks {missing}", "凭证缺少 {missing}"),
    why: text(
        "Nobody can log in with a part of it: the image cannot be pulled.",
        "不完整的凭证无法登录，镜像无法拉取。",
    ),
    help: text("add {missing}", "添加 {missing}"),
    rests_on: &[&CREDENTIAL_PARTS],
    examples: &[
        bad(
            "«ImageRegistryCredential.1».Server=registry.example.com\nImageRegistryCredential.1.UserName=robot\n",
        ),
        bad(
            r#"{"ContainerGroupName":"web","Container":[],"ImageRegistryCredential":[«{»"UserName":"robot","Password":"${PASSWORD}"}]}"#,
        ),
        bad(
            r#"{"resource":{"alicloud_eci_container_group":{"web":{"image_registry_credential":[«{»"server":"a.example.com"}]}}}}"#,
        ),
        good(
            "ImageRegistryCredential.1.Server=registry.example.com\nImageRegistryCredential.1.UserName=robot\nImageRegistryCredential.1.Password=${PASSWORD}\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for entry in request.credentials() {
                let is_there = |name: &&str| {
                    in_any_case(entry, name).is_some_and(|member| has(entry, &member.key))
                };
                let missing: Vec<String> = PARTS
                    .iter()
                    .filter(|name| !is_there(name))
                    .map(|name| format!("`{name}`"))
                    .collect();
                if !missing.is_empty() {
                    found
                        .add(&INCOMPLETE, request.anchor(entry))
                        .arg("missing", missing.join(", "));
                }
            }
        }
    },
    ..ECI
};

pub(super) static KEY_CASE: Rule = Rule {
    id: "eci/credential-key-case",
    severity: Severity::Error,
    summary: text("a credential's key in other letters", "凭证的键大小写错误"),
    message: text("`{key}` is written `{name}`", "`{key}` 应写成 `{name}`"),
    why: text(
        "Keys are told by their letters: this one is not read, and the login lacks a part.",
        "键名区分大小写：该键不会被读取，凭证因此不完整。",
    ),
    help: text("write `{name}`", "请写成 `{name}`"),
    rests_on: &[&PARAMETERS],
    examples: &[
        bad("ImageRegistryCredential.1.Server=a.example.com\nImageRegistryCredential.1.«Username»=robot\n")
            .fixed("ImageRegistryCredential.1.Server=a.example.com\nImageRegistryCredential.1.UserName=robot\n"),
        bad(r#"{"ContainerGroupName":"web","Container":[],"ImageRegistryCredential":[{«"server"»:"a.example.com"}]}"#)
            .fixed(r#"{"ContainerGroupName":"web","Container":[],"ImageRegistryCredential":[{"Server":"a.example.com"}]}"#),
        bad("Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      ImageRegistryCredential: [{Server: a.example.com, «userName»: robot}]\n")
            .fixed("Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      ImageRegistryCredential: [{Server: a.example.com, UserName: robot}]\n"),
        good("ImageRegistryCredential.1.UserName=robot\n"),
        good(r#"{"resource":{"alicloud_eci_container_group":{"web":{"image_registry_credential":[{"user_name":"robot"}]}}}}"#),
    ],
    check: |cx, found| {
        for request in requests(cx).iter().filter(|one| one.spelling != Spelling::Terraform) {
            for entry in request.credentials() {
                for name in PARTS {
                    let Some(member) = in_any_case(entry, name) else { continue };
                    if member.key == name || entry.member(name).is_some() {
                        continue;
                    }
                    let at = request.at(member.key_span);
                    let new = request.written(member.key_span).replace(member.key.as_str(), name);
                    found.add(&KEY_CASE, at).arg("key", &member.key).arg("name", name).fix(
                        Fix::safe(text("write `{name}`", "改为 `{name}`"))
                            .arg("name", name)
                            .replace(at, new),
                    );
                }
            }
        }
    },
    ..ECI
};

/// The hosts of all images, where every one of them is known; each with its first place.
fn image_hosts(request: &Request<'_>) -> Option<HashMap<String, Place>> {
    let images = request.images();
    let is_known = request.is_known_list("Container")
        && request.is_known_list("InitContainer")
        && images.len() == request.containers().len()
        && images.iter().all(|image| image.has_host());
    let mut hosts = HashMap::new();
    for image in images.iter().filter(|_| is_known) {
        let host = canonical(image.host.as_deref().unwrap_or_default());
        hosts.entry(host).or_insert_with(|| request.value(image.node));
    }
    Some(hosts).filter(|hosts| !hosts.is_empty())
}

pub(super) static UNUSED: Rule = Rule {
    id: "eci/credential-unused",
    severity: Severity::Warning,
    summary: text("a credential that fits no image", "凭证不匹配任何镜像"),
    message: text("no image is pulled from `{host}`", "没有镜像来自 `{host}`"),
    why: text(
        "The login is not used, and the one that an image needs may be missing.",
        "该凭证不会被使用，而镜像需要的凭证可能缺失。",
    ),
    help: text(
        "name the host of the image, or remove the credential",
        "填写镜像的域名，或删除该凭证",
    ),
    rests_on: &[&CREDENTIAL_BY_HOST],
    examples: &[
        bad(
            "Container.1.Image=a.example.com/team/web:1.2\nImageRegistryCredential.1.Server=«b.example.com»\n",
        ),
        bad(
            r#"{"ContainerGroupName":"web","Container":[{"Image":"nginx:1.27"}],"ImageRegistryCredential":[{"Server":"«b.example.com»"}]}"#,
        ),
        good(
            "Container.1.Image=a.example.com/team/web:1.2\nImageRegistryCredential.1.Server=a.example.com\n",
        ),
        good("Container.1.Image=${IMAGE}\nImageRegistryCredential.1.Server=b.example.com\n"),
        good("Container.1.Image=nginx:1.27\nImageRegistryCredential.1.Server=index.docker.io\n"),
        good("ImageRegistryCredential.1.Server=b.example.com\n"),
    ],
    check: |cx, found| {
        hosts_of_credentials(cx, found, false);
    },
    ..ECI
};

pub(super) static ENDPOINT_MISMATCH: Rule = Rule {
    id: "eci/credential-endpoint-mismatch",
    severity: Severity::Warning,
    summary: text("a credential for the registry's other address", "凭证对应仓库的另一个地址"),
    message: text(
        "the credential is for `{host}`, the image comes from `{image}`",
        "凭证对应 `{host}`，而镜像来自 `{image}`",
    ),
    why: text(
        "The public and the VPC address are two hosts: the login for one is not used for the other.",
        "公网地址和 VPC 地址是两个域名：一个的凭证不会用于另一个。",
    ),
    help: text("write the same host in both places", "两处使用相同的域名"),
    rests_on: &[&CREDENTIAL_BY_HOST],
    examples: &[
        bad(
            "Container.1.Image=registry.cn-hangzhou.aliyuncs.com/team/web:1.2\nImageRegistryCredential.1.Server=«registry-vpc.cn-hangzhou.aliyuncs.com»\n",
        ),
        bad(
            r#"{"ContainerGroupName":"web","Container":[{"Image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/team/web:1"}],"ImageRegistryCredential":[{"Server":"«acme-registry.cn-hangzhou.cr.aliyuncs.com»"}]}"#,
        ),
        good(
            "Container.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\nImageRegistryCredential.1.Server=registry-vpc.cn-hangzhou.aliyuncs.com\n",
        ),
    ],
    check: |cx, found| {
        hosts_of_credentials(cx, found, true);
    },
    ..ECI
};

fn hosts_of_credentials(cx: &Context<'_>, found: &mut Findings, wants_twins: bool) {
    for request in requests(cx) {
        let Some(hosts) = image_hosts(&request) else { continue };
        // The VPC addresses of the images' public ones.
        let twins: HashMap<String, &String> =
            hosts.keys().filter_map(|host| Some((vpc_host(host)?, host))).collect();
        for server in servers(&request) {
            let host = server.host();
            if host.is_empty() || hosts.contains_key(&host) {
                continue;
            }
            let vpc = vpc_host(&host).and_then(|vpc| hosts.get_key_value(&vpc));
            let public = twins.get(&host).and_then(|image| hosts.get_key_value(*image));
            let at = request.value(server.node);
            match public.or(vpc) {
                Some((image, place)) if wants_twins => {
                    let finding =
                        found.add(&ENDPOINT_MISMATCH, at).arg("host", &host).arg("image", image);
                    finding.related_message(
                        *place,
                        Message::new(text("the image comes from `{image}`", "镜像来自 `{image}`"))
                            .arg("image", image),
                    );
                    if server.text.text().eq_ignore_ascii_case(&host) {
                        finding.fix(
                            Fix::risky(text("use the image's host", "改为镜像的域名"))
                                .replace(at, image.as_str()),
                        );
                    }
                }
                None if !wants_twins => {
                    found.add(&UNUSED, at).arg("host", &host);
                }
                _ => {}
            }
        }
    }
}

pub(super) static DUPLICATE: Rule = Rule {
    id: "eci/credential-duplicate",
    severity: Severity::Warning,
    summary: text("two credentials for one registry", "同一仓库有两个凭证"),
    message: text("`{host}` has a credential already", "`{host}` 已有凭证"),
    why: text(
        "Only one of the two is used; which one, nothing tells.",
        "两个凭证只会使用其一，无法确定是哪一个。",
    ),
    help: text("keep one of them", "只保留一个"),
    rests_on: &[&CREDENTIAL_BY_HOST],
    examples: &[
        bad(
            "ImageRegistryCredential.1.Server=a.example.com\nImageRegistryCredential.2.Server=«a.example.com»\n",
        ),
        good(
            "ImageRegistryCredential.1.Server=a.example.com\nImageRegistryCredential.2.Server=b.example.com\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            let servers = servers(&request);
            let mut seen = HashMap::new();
            for server in &servers {
                let host = server.host();
                if let Some(&first) = seen.get(&host) {
                    found
                        .add(&DUPLICATE, request.value(server.node))
                        .arg("host", &host)
                        .related(first, text("the first credential", "第一个凭证"));
                } else {
                    seen.insert(host, request.value(server.node));
                }
            }
        }
    },
    ..ECI
};

pub(super) static PLAINTEXT: Rule = Rule {
    id: "eci/credential-plaintext",
    severity: Severity::Warning,
    summary: text("a password in plain text", "明文密码"),
    message: text("a password stands here in plain text", "此处有明文密码"),
    why: text(
        "Whoever reads the file, its history or its backups can push to the registry.",
        "能读取该文件、其历史或备份的人都可以使用该仓库。",
    ),
    help: text(
        "put it in when the request is sent (`${REGISTRY_PASSWORD}`), or pull from Container Registry without a secret; replace the password where the file was shared",
        "在发送请求时填入（`${REGISTRY_PASSWORD}`），或使用 ACR 免密拉取；若文件已分享请更换密码",
    ),
    rests_on: &[&PASSWORD_IN_PLAIN],
    examples: &[
        bad(
            "ImageRegistryCredential.1.Server=a.example.com\nImageRegistryCredential.1.Password=«kO9Zq-not-real»\n",
        ),
        bad(
            r#"{"ContainerGroupName":"web","Container":[],"ImageRegistryCredential":[{"Password":"«kO9Zq-not-real»"}]}"#,
        ),
        good("ImageRegistryCredential.1.Password=${REGISTRY_PASSWORD}\n"),
        good("ImageRegistryCredential.N.Password=yourpassword\n"),
        good(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      ImageRegistryCredential: [{Password: {Ref: Password}}]\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            for entry in request.credentials() {
                let Some(member) = in_any_case(entry, "Password") else { continue };
                let Some((node, password)) = known(entry, &member.key) else { continue };
                if !password.is_empty() && !is_placeholder(password) {
                    found.add(&PLAINTEXT, request.value(node));
                }
            }
        }
    },
    ..ECI
};

/// What the credentials of a request are for.
pub(super) struct Logins {
    /// The hosts, and the VPC addresses of those that are public.
    hosts: HashSet<String>,
    /// Whether one is for a host that nobody can tell.
    has_unknown: bool,
}

impl Logins {
    pub(super) fn of(request: &Request<'_>) -> Logins {
        let mut hosts = HashSet::new();
        for host in servers(request).iter().map(Server::host) {
            hosts.extend(vpc_host(&host));
            hosts.insert(host);
        }
        let is_hidden = |entry: &Node| has(entry, "Server") && known(entry, "Server").is_none();
        let has_unknown = !request.is_known_list("ImageRegistryCredential")
            || request.credentials().any(is_hidden);
        Logins { hosts, has_unknown }
    }

    /// Whether some credential may be the one for `host`; one for its other address is a mistake
    /// of its own.
    pub(super) fn may_be_for(&self, host: &str) -> bool {
        let host = canonical(host);
        self.has_unknown
            || self.hosts.contains(&host)
            || vpc_host(&host).is_some_and(|vpc| self.hosts.contains(&vpc))
    }
}

/// Whether `host` is one of a registry that we know.
pub(super) fn is_well_known(host: &str) -> bool {
    classify_host(host).source.is_some()
}
