//! What several rules together say, and do not say.

use crate::fact::Platform;
use crate::{Project, Settings, check};

/// The rules that speak of `text`, with no platform asked for.
fn found(path: &str, text: &str) -> Vec<String> {
    let (project, errors) = Project::from_files([(path, text)]);
    assert!(errors.is_empty(), "{path}");
    let report = check(&project, &Settings::default());
    report.findings.iter().map(|one| one.rule.to_string()).collect()
}

#[test]
fn lines_out_of_the_documents_are_no_whole_request() {
    let text = "Container.N.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n\
        InitContainer.N.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n\
        ImageRegistryCredential.N.Password=yourpassword\n\
        ImageRegistryCredential.N.Server=registry-vpc.cn-hangzhou.aliyuncs.com\n\
        ImageRegistryCredential.N.UserName=yourusername\n";
    assert_eq!(found("eci-request.txt", text), [""; 0]);
    assert_eq!(found("eci-request.txt", &text.replace(".N.", ".1.")), [""; 0]);
}

#[test]
fn a_complete_request_has_nothing_wrong_in_any_spelling() {
    let cases = [
        (
            "eci-request.txt",
            "RegionId=cn-hangzhou\nContainerGroupName=my-app\nContainer.1.Name=web\n\
             Container.1.Image=registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2\n\
             ImageRegistryCredential.1.Server=registry-vpc.cn-hangzhou.aliyuncs.com\n\
             ImageRegistryCredential.1.UserName=robot\n\
             ImageRegistryCredential.1.Password=${REGISTRY_PASSWORD}\n",
        ),
        (
            "eci.json",
            r#"{"RegionId":"cn-hangzhou","ContainerGroupName":"my-app","Container":[{"Name":"web",
            "Image":"registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2","Port":[{"Port":80,"Protocol":"TCP"}],
            "LivenessProbe":{"HttpGet":{"Path":"/","Port":80}}}]}"#,
        ),
        (
            "main.tf.json",
            r#"{"resource":{"alicloud_eci_container_group":{"web":{"container_group_name":"my-app",
            "security_group_id":"${alicloud_security_group.web.id}","vswitch_id":"vsw-1","tags":{"team":"web"},
            "containers":[{"name":"web","image":"registry-vpc.cn-hangzhou.aliyuncs.com/team/web:1.2",
            "commands":["/serve"],"volume_mounts":[{"name":"data","mount_path":"/data"}]}],
            "volumes":[{"name":"data","type":"EmptyDirVolume"}]}}}}"#,
        ),
        (
            "create.sh",
            "#!/bin/sh\nset -e\naliyun eci CreateContainerGroup \\\n  --RegionId \"$REGION\" \\\n  \
             --ContainerGroupName my-app \\\n  --Container.1.Name web \\\n  \
             --Container.1.Image \"registry-vpc.$REGION.aliyuncs.com/team/web:1.2\"\n",
        ),
    ];
    for (path, text) in cases {
        assert_eq!(found(path, text), [""; 0], "{path}");
    }
}

#[test]
fn a_script_that_sends_a_request_names_the_platform() {
    let text = "aliyun eci CreateContainerGroup --RegionId cn-hangzhou --ContainerGroupName Web\n";
    let (project, _) = Project::from_files([("create.sh", text)]);
    assert_eq!(project.documents()[0].platforms(), [Platform::Eci]);
    assert_eq!(found("create.sh", text), ["eci/container-missing", "eci/group-name-invalid"]);
    let other = "aliyun ecs DescribeInstances --RegionId cn-hangzhou\n";
    let (project, _) = Project::from_files([("create.sh", other)]);
    assert_eq!(project.documents()[0].platforms(), []);
}

#[test]
fn broken_texts_are_judged_without_a_panic() {
    for text in [
        "ContainerGroupName",
        "ContainerGroupName=",
        "Container.=\nContainer..Image=\n",
        "Container.0=\nContainer.1.=a\n",
        "--Container.1.Image",
        "Container.1.Image='\nContainer.1.Port.99999999999999.Port=1\n",
        "ContainerGroupName=端口\nImageRegistryCredential.1.Server=://端/\n",
        "PlainHttpRegistry=,端:// ,\nContainer.1.Image=a\n",
    ] {
        found("eci-request.txt", text);
    }
    for text in
        ["{", "[]", r#"{"Container":1,"ContainerGroupName":[]}"#, r#"{"Container":[null,1,[]]}"#]
    {
        found("eci-request.json", text);
    }
}
