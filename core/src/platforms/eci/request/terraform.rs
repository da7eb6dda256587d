//! `alicloud_eci_container_group` of Terraform's JSON under the API's names: snake case and plural
//! become what the API calls them.

use crate::tree::{Member, Node, Value};

/// The groups that `root` makes.
pub(super) fn groups(root: &Node) -> Vec<Node> {
    let resources = root.lookup(&["resource", "alicloud_eci_container_group"]);
    let members = resources.map(Node::members).unwrap_or_default();
    // A body may be put into a list.
    let bodies = members.iter().flat_map(|member| match member.node.items() {
        Some(items) => items,
        None => std::slice::from_ref(&member.node),
    });
    bodies.filter(|body| body.is_object()).map(group).collect()
}

fn group(body: &Node) -> Node {
    let mut node = convert(body);
    if let Value::Object(members) = &mut node.value {
        members.retain(|member| !OF_THE_LANGUAGE.contains(&member.key.as_str()));
        for member in members.iter_mut().filter(|member| member.key == "Tag") {
            tags(&mut member.node, body);
        }
    }
    node
}

/// What any resource may have, and what the provider answers.
const OF_THE_LANGUAGE: &[&str] = &[
    "count",
    "for_each",
    "provider",
    "depends_on",
    "lifecycle",
    "timeouts",
    "connection",
    "provisioner",
    "//",
    "dynamic",
    "id",
    "status",
    "IntranetIp",
    "InternetIp",
];

/// Names that are more than another spelling.
const NAMES: &[(&str, &str)] = &[
    ("containers", "Container"),
    ("init_containers", "InitContainer"),
    ("volumes", "Volume"),
    ("commands", "Command"),
    ("args", "Arg"),
    ("ports", "Port"),
    ("environment_vars", "EnvironmentVar"),
    ("volume_mounts", "VolumeMount"),
    ("host_aliases", "HostAliase"),
    ("hostnames", "Hostname"),
    ("domains", "Domain"),
    ("name_servers", "NameServer"),
    ("searches", "Search"),
    ("options", "Option"),
    ("sysctls", "Sysctl"),
    ("tags", "Tag"),
    ("vswitch_id", "VSwitchId"),
    ("eip_isp", "EipISP"),
    ("eci_security_context", "SecurityContext"),
    ("nfs_volume_path", "NFSVolume.Path"),
    ("nfs_volume_server", "NFSVolume.Server"),
    ("nfs_volume_read_only", "NFSVolume.ReadOnly"),
    ("disk_volume_disk_id", "DiskVolume.DiskId"),
    ("disk_volume_fs_type", "DiskVolume.FsType"),
    ("flex_volume_driver", "FlexVolume.Driver"),
    ("flex_volume_fs_type", "FlexVolume.FsType"),
    ("flex_volume_options", "FlexVolume.Options"),
    ("empty_dir_volume_medium", "EmptyDirVolume.Medium"),
    ("config_file_volume_config_file_to_paths", "ConfigFileVolume.ConfigFileToPath"),
    // Only to be told from what is not known.
    ("count", "count"),
    ("for_each", "for_each"),
    ("provider", "provider"),
    ("depends_on", "depends_on"),
    ("lifecycle", "lifecycle"),
    ("timeouts", "timeouts"),
    ("connection", "connection"),
    ("provisioner", "provisioner"),
    ("dynamic", "dynamic"),
    ("id", "id"),
    ("status", "status"),
];

fn convert(node: &Node) -> Node {
    let value = match &node.value {
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|member| Member {
                    key: name(&member.key),
                    key_span: member.key_span,
                    node: convert(&member.node),
                })
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(convert).collect()),
        other => other.clone(),
    };
    single(Node { span: node.span, value })
}

/// A block that stands once may be written as a list of one; the API has an object.
fn single(mut node: Node) -> Node {
    const BLOCKS: &[&str] = &[
        "LivenessProbe",
        "ReadinessProbe",
        "HttpGet",
        "Exec",
        "TcpSocket",
        "SecurityContext",
        "Capability",
        "FieldRef",
        "DnsConfig",
    ];
    if let Value::Object(members) = &mut node.value {
        for member in members.iter_mut().filter(|member| BLOCKS.contains(&member.key.as_str())) {
            if let Value::Array(items) = &mut member.node.value
                && items.len() == 1
                && let Some(only) = items.pop()
            {
                member.node = only;
            }
        }
    }
    node
}

/// Tags are a map here; the API has a list of keys and values.
fn tags(node: &mut Node, body: &Node) {
    let Some(written) = body.get("tags").filter(|tags| tags.is_object() && !tags.is_unknown())
    else {
        return;
    };
    let pair = |member: &Member| {
        let text = crate::text::MappedText::decoded(&member.key, member.key_span);
        let key = Node { span: member.key_span, value: Value::String(text) };
        let part =
            |name: &str, node| Member { key: name.to_owned(), key_span: member.key_span, node };
        let members = vec![part("Key", key), part("Value", member.node.clone())];
        Node { span: member.span(), value: Value::Object(members) }
    };
    node.value = Value::Array(written.members().iter().map(pair).collect());
}

/// The API's name of what Terraform calls `key`; of what it does not know, the nearest spelling.
fn name(key: &str) -> String {
    if let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == key) {
        return (*name).to_owned();
    }
    let is_snake = !key.is_empty()
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !is_snake {
        return key.to_owned();
    }
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| format!("{}{}", first.to_ascii_uppercase(), letters.as_str()))
    };
    key.split('_').filter_map(word).collect()
}

/// How Terraform spells `name`, to be suggested.
pub(in super::super) fn spelled(name: &str) -> String {
    if let Some((key, _)) = NAMES.iter().find(|(_, known)| *known == name) {
        return (*key).to_owned();
    }
    let mut out = String::new();
    for (index, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && index > 0 {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}
