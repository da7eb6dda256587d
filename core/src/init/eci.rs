//! The request to ECI as options, one on a line: `xargs aliyun eci CreateContainerGroup <
//! eci-request.txt` sends it.

use super::{NewFile, identifier};
use crate::claims::Claims;

/// The port of a service of which nothing tells one.
const USUAL_PORT: u16 = 8080;

/// `eci-request.txt`.
pub(super) fn files(claims: &Claims, name: &str, health: Option<&str>) -> Vec<NewFile> {
    let name = group_name(name);
    let said = claims.running().iter().find_map(|start| start.ports().next().map(|one| one.value));
    let exposed = match &claims.exposed[..] {
        [only] if only.first == only.last => Some(only.first),
        _ => None,
    };
    let port = said.or(exposed).unwrap_or(USUAL_PORT).to_string();
    let image = format!("registry-vpc.<region>.aliyuncs.com/<namespace>/{name}:1.0.0");
    let mut options = vec![
        ("RegionId", "<region>"),
        ("VSwitchId", "<vswitch-id>"),
        ("SecurityGroupId", "<security-group-id>"),
        ("ContainerGroupName", &name),
        ("Cpu", "2"),
        ("Memory", "4"),
        ("RestartPolicy", "Always"),
        ("Container.1.Name", &name),
        ("Container.1.Image", &image),
        ("Container.1.Port.1.Port", &port),
        ("Container.1.Port.1.Protocol", "TCP"),
    ];
    if claims.image_start.is_none() {
        options.push(("Container.1.Command.1", "<command>"));
    }
    match health {
        Some(path) => options.extend([
            ("Container.1.ReadinessProbe.HttpGet.Path", path),
            ("Container.1.ReadinessProbe.HttpGet.Port", &port),
        ]),
        None => options.push(("Container.1.ReadinessProbe.TcpSocket.Port", &port)),
    }
    let text = options.iter().map(|(name, value)| format!("--{name} {value}\n")).collect();
    vec![NewFile { name: "eci-request.txt", text }]
}

/// `name` in the letters that a container group takes; such a name has two at least.
fn group_name(name: &str) -> String {
    let name = identifier(name).replace('_', "-");
    if name.len() < 2 { format!("service-{name}") } else { name }
}
