//! The service JSON of EAS.

use serde_json::{Value, json};

use super::{NewFile, identifier, pretty};
use crate::claims::Claims;
use crate::platforms::eas::spec::RESERVED_PORTS;

/// The port of a service of which nothing tells one, away from those that EAS keeps for itself.
const USUAL_PORT: u16 = 8000;

/// `service.json`.
pub(super) fn files(claims: &Claims, name: &str, health: Option<&str>) -> Vec<NewFile> {
    let text = pretty(&service(claims, &identifier(name), health));
    vec![NewFile { name: "service.json", text }]
}

fn service(claims: &Claims, name: &str, health: Option<&str>) -> Value {
    let said = claims.running().iter().find_map(|start| start.ports().next().map(|one| one.value));
    let exposed = match &claims.exposed[..] {
        [only] if only.first == only.last => Some(only.first),
        _ => None,
    };
    let port = said.or(exposed).filter(|port| !RESERVED_PORTS.value.contains(port));
    let port = port.unwrap_or(USUAL_PORT);
    let mut container = json!({
        "image": format!("<instance>-registry-vpc.<region>.cr.aliyuncs.com/<namespace>/{name}:1.0.0"),
        "port": port,
    });
    if claims.image_start.is_none() {
        container["script"] = "<command that starts the server>".into();
    }
    container["startup_check"] = match health {
        Some(path) => json!({"http_get": {"path": path, "port": port}}),
        None => json!({"tcp_socket": {"port": port}}),
    };
    container["startup_check"]["initial_delay_seconds"] = 5.into();
    container["startup_check"]["period_seconds"] = 5.into();
    container["startup_check"]["failure_threshold"] = 12.into();
    json!({
        "metadata": {"name": name, "instance": 1},
        "cloud": {
            "computing": {"instances": [{"type": "<instance type>"}]},
            "networking": {
                "vpc_id": "<vpc id>",
                "vswitch_id": "<vswitch id>",
                "security_group_id": "<security group id>",
            },
        },
        "containers": [container],
    })
}
