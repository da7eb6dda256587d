//! The four spellings of one request give one tree.

use super::*;
use crate::Project;
use crate::rule::Context;

fn facts(path: &str, text: &str) -> Vec<String> {
    let (project, errors) = Project::from_files([(path, text)]);
    assert!(errors.is_empty(), "{path}");
    let service = project.services().first().unwrap();
    let cx = Context::new(&project, service, &[], &[]);
    let mut facts = Vec::new();
    for request in all(&cx) {
        let shown = |node: &Node| request.written(node.inner_span()).to_owned();
        facts.extend(request.get("ContainerGroupName").map(shown));
        for container in request.containers() {
            facts.extend(container.get("Image").map(shown));
            for port in container.list("Port") {
                facts.extend(port.get("Port").map(shown));
            }
            facts.extend(container.node.lookup(&["LivenessProbe", "HttpGet", "Port"]).map(shown));
        }
        for credential in request.credentials() {
            facts.extend(credential.get("Server").map(shown));
            facts.extend(credential.get("UserName").map(shown));
        }
    }
    facts
}

#[test]
fn every_spelling_says_the_same() {
    let expected = ["web", "h.example.com/a:1", "80", "80", "h.example.com", "robot"];
    let cases = [
        (
            "eci.txt",
            "ContainerGroupName=web\nContainer.1.Image=h.example.com/a:1\nContainer.1.Port.1.Port=80\n\
             Container.1.LivenessProbe.HttpGet.Port=80\nImageRegistryCredential.1.Server=h.example.com\n\
             ImageRegistryCredential.1.UserName=robot\n",
        ),
        (
            "eci.txt",
            "Action=CreateContainerGroup&ContainerGroupName=web&Container.1.Image=h.example.com/a:1&\
             Container.1.Port.1.Port=80&Container.1.LivenessProbe.HttpGet.Port=80&\
             ImageRegistryCredential.1.Server=h.example.com&ImageRegistryCredential.1.UserName=robot\n",
        ),
        (
            "create.sh",
            "aliyun eci CreateContainerGroup --ContainerGroupName web \\\n \
             --Container.1.Image h.example.com/a:1 --Container.1.Port.1.Port 80 \\\n \
             --Container.1.LivenessProbe.HttpGet.Port=80 \\\n \
             --ImageRegistryCredential.1.Server h.example.com \\\n \
             --ImageRegistryCredential.1.UserName robot\n",
        ),
        (
            "eci.json",
            r#"{"ContainerGroupName": "web", "Container": [{"Image": "h.example.com/a:1",
            "Port": [{"Port": 80}], "LivenessProbe": {"HttpGet": {"Port": 80}}}],
            "ImageRegistryCredential": [{"Server": "h.example.com", "UserName": "robot"}]}"#,
        ),
        (
            "template.yaml",
            "Resources:\n  Group:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      \
             ContainerGroupName: web\n      Container:\n      - Image: h.example.com/a:1\n        \
             Port: [{Port: 80}]\n        LivenessProbe: {HttpGet.Port: 80}\n      \
             ImageRegistryCredential: [{Server: h.example.com, UserName: robot}]\n",
        ),
        (
            "main.tf.json",
            r#"{"resource": {"alicloud_eci_container_group": {"web": {"container_group_name": "web",
            "containers": [{"image": "h.example.com/a:1", "ports": {"port": 80},
            "liveness_probe": [{"http_get": [{"port": 80}]}]}],
            "image_registry_credential": {"server": "h.example.com", "user_name": "robot"}}}}}"#,
        ),
    ];
    for (path, text) in cases {
        assert_eq!(facts(path, text), expected, "{text}");
    }
}

#[test]
fn a_letter_stands_for_an_index() {
    let text = "Container.N.Image=a:1\nInitContainer.N.Image=b:1\n";
    assert_eq!(facts("eci.txt", text), ["a:1", "b:1"]);
}

#[test]
fn what_a_shell_puts_in_is_unknown() {
    let text = "aliyun eci CreateContainerGroup --Container.1.Image \"$IMAGE\"\n";
    let (project, _) = Project::from_files([("create.sh", text)]);
    let cx = Context::new(&project, project.services().first().unwrap(), &[], &[]);
    let requests = all(&cx);
    let containers = requests[0].containers();
    assert!(containers[0].get("Image").unwrap().is_unknown());
}
