//! A ROS template that deploys a container image package to a cluster, and the configuration that
//! names the package.

use super::NewFile;
use crate::claims::Claims;
use crate::tree::edit::yaml_scalar;

/// `.computenest/config.yaml` and the template that it names.
pub(super) fn files(claims: &Claims, name: &str) -> Vec<NewFile> {
    let name = label(name);
    let port = port(claims).unwrap_or(80);
    vec![
        NewFile { name: ".computenest/config.yaml", text: config(&name) },
        NewFile { name: ".computenest/ros_templates/template.yaml", text: template(&name, port) },
    ]
}

/// The port that the image says it listens on.
fn port(claims: &Claims) -> Option<u16> {
    let said = claims.running().iter().find_map(|start| start.ports().next().map(|one| one.value));
    let exposed = match &claims.exposed[..] {
        [only] if only.first == only.last => Some(only.first),
        _ => None,
    };
    said.or(exposed)
}

/// `name` as a label of Kubernetes: lower-case letters, digits and `-`.
fn label(name: &str) -> String {
    let letters =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    let name: String = letters.collect();
    let name = name.trim_matches('-');
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
    // A package's name has three letters or more.
    let is_name = starts && name.len() >= 3;
    let name = if is_name { name.to_owned() } else { format!("service-{name}") };
    let short: String = name.chars().take(40).collect();
    short.trim_end_matches('-').to_owned()
}

fn config(name: &str) -> String {
    let package = name.replace('-', "_");
    let (name, key) = (yaml_scalar(name), yaml_scalar(&package));
    format!(
        "\
Service:
  RegionId: <region>
  DeployType: ros
  ServiceType: private
  DeployMetadata:
    SupplierDeployMetadata:
      AcrImageArtifactRelation:
        '{{{{ computenest::acrimage::{package} }}}}':
          ArtifactId: ${{Artifact.{package}.ArtifactId}}
          ArtifactVersion: draft
    TemplateConfigs:
      - Name: {name}
        Url: ros_templates/template.yaml
        AllowedRegions:
          - <region>
  ServiceInfo:
    Locale: en-US
    Name: {name}
    ShortDescription: <what the service does>
Artifact:
  {key}:
    ArtifactType: AcrImage
    ArtifactName: {key}
    VersionName: v1_0_0
    Description: <what the image is, in 10 characters or more>
"
    )
}

fn template(name: &str, port: u16) -> String {
    let package = name.replace('-', "_");
    // A folder may be called `null` or `true`.
    let written = yaml_scalar(name);
    format!(
        "\
ROSTemplateFormatVersion: '2015-09-01'
Description:
  en: Deploys {name} to a cluster
  zh-cn: 将 {name} 部署到集群
Parameters:
  ClusterId:
    Type: String
    Label:
      en: Cluster
      zh-cn: 集群
    AssociationProperty: ALIYUN::CS::ManagedKubernetesCluster::ClusterId
Resources:
  Application:
    Type: ALIYUN::CS::ClusterApplication
    Properties:
      ClusterId:
        Ref: ClusterId
      DefaultNamespace: {written}
      YamlContent: |
        apiVersion: v1
        kind: Secret
        metadata:
          name: {name}-pull
        type: kubernetes.io/dockerconfigjson
        data:
          .dockerconfigjson: {{{{ computenest::acr::dockerconfigjson }}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {written}
        spec:
          replicas: 1
          selector:
            matchLabels:
              app: {written}
          template:
            metadata:
              labels:
                app: {written}
            spec:
              imagePullSecrets:
                - name: {name}-pull
              containers:
                - name: {written}
                  image: {{{{ computenest::acrimage::{package} }}}}
                  ports:
                    - containerPort: {port}
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: {written}
        spec:
          selector:
            app: {written}
          ports:
            - port: {port}
              targetPort: {port}
"
    )
}
