//! The network of a service: its VPC, dedicated gateways, load balancers.

use super::super::service::{Service, services};
use super::super::spec::{
    GATEWAY_NEEDS_VPC, GATEWAY_NOT_SHARED, NETWORK_IDS, NLB_FORBIDDEN_PORT, NLB_ZONES, VPC_TRIPLE,
};
use crate::fact::Platform;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::{Member, Node};

/// What a VPC is told by.
const TRIPLE: [&str; 3] = ["vpc_id", "vswitch_id", "security_group_id"];

fn missing(service: Service<'_>) -> Vec<&'static str> {
    let is_missing = |key: &&str| service.root.lookup(&["cloud", "networking", key]).is_none();
    TRIPLE.into_iter().filter(|key| is_missing(key)).collect()
}

fn balancers(service: Service<'_>) -> &[Node] {
    service.root.lookup(&["networking", "nlb"]).and_then(Node::items).unwrap_or_default()
}

pub(super) static TRIPLE_INCOMPLETE: Rule = Rule {
    id: "eas/vpc-triple",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a VPC that is only partly named", "VPC 配置不完整"),
    message: text("the VPC lacks {missing}", "VPC 配置缺少 {missing}"),
    why: text(
        "EAS needs the VPC, its vSwitch and a security group together, and refuses a part of them.",
        "EAS 需要同时指定 VPC、交换机和安全组，缺少任何一项都会被拒绝。",
    ),
    help: text("add {missing} of the same VPC", "添加同一 VPC 的 {missing}"),
    rests_on: &[&VPC_TRIPLE],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"cloud":{«"networking"»:{"vpc_id":"vpc-1"}},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"cloud":{"networking":{"vpc_id":"vpc-1","vswitch_id":"vsw-1","security_group_id":"sg-1"}},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"cloud":{"networking":{"vpc_id":"${VPC}","vswitch_id":"${VSW}","security_group_id":"${SG}"}},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let Some(network) = service.root.lookup_member(&["cloud", "networking"]) else {
                continue;
            };
            let missing = missing(service);
            if network.node.is_object() && !missing.is_empty() && missing.len() < TRIPLE.len() {
                let names: Vec<String> = missing.iter().map(|key| format!("`{key}`")).collect();
                found
                    .add(&TRIPLE_INCOMPLETE, service.at(network.key_span))
                    .arg("missing", names.join(", "));
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static NEEDS_VPC: Rule = Rule {
    id: "eas/gateway-needs-vpc",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a gateway or load balancer without a VPC", "使用网关或负载均衡却没有 VPC"),
    message: text(
        "`{key}` needs the VPC in `cloud.networking`",
        "`{key}` 需要在 `cloud.networking` 中配置 VPC",
    ),
    why: text(
        "EAS answers with 400: vpcId, vSwitchId and securityGroupId are required.",
        "EAS 返回 400：必须提供 vpcId、vSwitchId 和 securityGroupId。",
    ),
    help: text(
        "add `vpc_id`, `vswitch_id` and `security_group_id` to `cloud.networking`",
        "在 `cloud.networking` 中添加 `vpc_id`、`vswitch_id` 和 `security_group_id`",
    ),
    rests_on: &[&GATEWAY_NEEDS_VPC],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"networking":{«"gateway"»:"gw-1"},"containers":[]}"#),
        bad(
            r#"{"metadata":{"name":"a_b"},"networking":{«"nlb"»:[{"id":"default"}]},"cloud":{"networking":{}},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"networking":{"gateway":"gw-1"},"cloud":{"networking":{"vpc_id":"vpc-1","vswitch_id":"vsw-1","security_group_id":"sg-1"}},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx).filter(|service| !service.has_vpc()) {
            for key in ["gateway", "nlb"] {
                let Some(member) = service.root.lookup_member(&["networking", key]) else {
                    continue;
                };
                let is_empty = member.node.as_str() == Some("")
                    || member.node.items().is_some_and(<[Node]>::is_empty);
                // `shared` is another mistake.
                if !is_empty && member.node.as_str() != Some("shared") {
                    found.add(&NEEDS_VPC, service.at(member.key_span)).arg("key", key);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

/// Where an id stands, how it begins, and what it is of.
const IDS: &[(&[&str], &str)] = &[
    (&["cloud", "networking", "vpc_id"], "vpc-"),
    (&["cloud", "networking", "vswitch_id"], "vsw-"),
    (&["cloud", "networking", "security_group_id"], "sg-"),
    (&["networking", "gateway"], "gw-"),
];

pub(super) static ID: Rule = Rule {
    id: "eas/network-id",
    platform: Some(Platform::Eas),
    summary: text("an id of something else", "ID 的类型不符"),
    message: text(
        "`{value}` is no {key}: those begin with `{prefix}`",
        "`{value}` 不是 {key}：应以 `{prefix}` 开头",
    ),
    why: text(
        "The id is looked up as what the key says; that of another thing, or a name, finds nothing.",
        "ID 按键的含义查找；其他资源的 ID 或名称无法找到。",
    ),
    help: text("copy the id from the console: `{prefix}…`", "请从控制台复制 ID：`{prefix}…`"),
    rests_on: &[&NETWORK_IDS],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"cloud":{"networking":{"vpc_id":"«vsw-1»","vswitch_id":"vsw-1,«vpc-2»","security_group_id":"«default»"}},"containers":[]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"networking":{"gateway":"«my-gateway»"},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"networking":{"gateway":"gw-1"},"cloud":{"networking":{"vpc_id":"vpc-1","vswitch_id":"vsw-1, vsw-2","security_group_id":"sg-1"}},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"cloud":{"networking":{"vpc_id":"${VPC}","vswitch_id":"{from the gateway}"}},"containers":[]}"#,
        ),
    ],
    check: network_id,
    ..Rule::DEFAULT
};

fn network_id(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        for (path, prefix) in IDS {
            let Some(node) = service.root.lookup(path).filter(|node| !node.is_unknown()) else {
                continue;
            };
            let Some(text) = node.as_text() else { continue };
            let mut at = 0;
            for part in text.text().split(',') {
                let start = at + part.len() - part.trim_start().len();
                at += part.len() + 1;
                let value = part.trim();
                // `shared` is another mistake, and nothing at all is none.
                if value.is_empty() || value.starts_with(prefix) || value == "shared" {
                    continue;
                }
                found
                    .add(&ID, service.at(text.span(start, start + value.len())))
                    .arg("value", value)
                    .arg("key", path.last().copied().unwrap_or_default())
                    .arg("prefix", prefix);
            }
        }
    }
}

pub(super) static GATEWAY_SHARED: Rule = Rule {
    id: "eas/gateway-shared",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("the shared gateway by name", "把共享网关写成名称"),
    message: text(
        "`shared` is no gateway that can be named",
        "`shared` 不是可以指定的网关",
    ),
    why: text(
        "The name of a dedicated gateway is expected; the shared one is used where none is named.",
        "此处应为专属网关 ID；不填写时即使用共享网关。",
    ),
    help: text("remove it", "请删除该项"),
    rests_on: &[&GATEWAY_NOT_SHARED],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"networking":{"gateway":"«shared»","path":"/"},"containers":[]}"#,
        )
        .fixed(r#"{"metadata":{"name":"a_b"},"networking":{"path":"/"},"containers":[]}"#),
        good(r#"{"metadata":{"name":"a_b"},"networking":{"gateway":"gw-1"},"containers":[]}"#),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let Some(network) = service.root.get("networking") else { continue };
            let shared = |member: &&Member| member.node.as_str() == Some("shared");
            let Some(member) = network.member("gateway").filter(shared) else { continue };
            let finding = found.add(&GATEWAY_SHARED, service.value(&member.node));
            if let Some(removal) = service.removal(network, member) {
                finding.fix(
                    Fix::safe(text("remove `gateway`", "删除 `gateway`")).delete(removal),
                );
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static NLB_PORT: Rule = Rule {
    id: "eas/nlb-port-8080",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a load balancer on a port it may not have", "负载均衡使用了禁用端口"),
    message: text("the load balancer may not listen on {port}", "负载均衡不能监听 {port} 端口"),
    why: text(
        "EAS keeps the port for itself and refuses the listener.",
        "EAS 保留该端口，会拒绝该监听。",
    ),
    help: text("use another port, for example 8000", "请使用其他端口，例如 8000"),
    rests_on: &[&NLB_FORBIDDEN_PORT.source],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"networking":{"nlb":[{"id":"default","listener_port":«8080»}]},"cloud":{"networking":{}},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"networking":{"nlb":[{"id":"default","listener_port":9090}]},"cloud":{"networking":{}},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for node in balancers(service).iter().filter_map(|one| one.get("listener_port")) {
                if node.lenient_port() == Some(NLB_FORBIDDEN_PORT.value) {
                    found.add(&NLB_PORT, service.value(node)).arg("port", NLB_FORBIDDEN_PORT.value);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static NLB_ONE_ZONE: Rule = Rule {
    id: "eas/nlb-two-vswitches",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a load balancer in one zone", "负载均衡只有一个可用区"),
    message: text(
        "a load balancer needs two vSwitches, here is one",
        "负载均衡需要两个交换机，此处只有一个",
    ),
    why: text(
        "A network load balancer spans at least two zones and is not made with one.",
        "网络型负载均衡至少跨两个可用区，只有一个时无法创建。",
    ),
    help: text(
        "name a second vSwitch of another zone: `vsw-a,vsw-b`",
        "再添加一个其他可用区的交换机：`vsw-a,vsw-b`",
    ),
    rests_on: &[&NLB_ZONES],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"networking":{"nlb":[{"id":"default"}]},"cloud":{"networking":{"vpc_id":"v","vswitch_id":"«vsw-a»","security_group_id":"s"}},"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"networking":{"nlb":[{"id":"default"}]},"cloud":{"networking":{"vpc_id":"v","vswitch_id":"vsw-a,vsw-b","security_group_id":"s"}},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx).filter(|service| !balancers(*service).is_empty()) {
            let Some(node) = service.root.lookup(&["cloud", "networking", "vswitch_id"]) else {
                continue;
            };
            let Some(value) = node.as_str().filter(|_| !node.is_unknown()) else { continue };
            if !value.is_empty() && !value.contains(',') {
                found.add(&NLB_ONE_ZONE, service.value(node));
            }
        }
    },
    ..Rule::DEFAULT
};
