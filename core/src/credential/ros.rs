//! A ROS template's login: parameters that hide what is typed in, and an `ImageRegistryCredential`
//! that refers to them. No secret is written.

use super::docker_config::check_registry;
use super::write::Value;
use super::{EncodeError, Entry, Format, ReadError, Secret, container_group, docker_auth};

const USERNAME: &str = "RegistryUserName";
const PASSWORD: &str = "RegistryPassword";

/// The part of a template that logs in to `registry`; `username` is what is offered for one.
pub fn encode(
    registry: &str,
    username: Option<&str>,
    format: Format,
) -> Result<Secret, EncodeError> {
    check_registry(registry)?;
    username.map_or(Ok(()), docker_auth::check_username)?;
    let label = |en, zh| {
        ("Label", Value::Object(vec![("en", Value::Text(en)), ("zh-cn", Value::Text(zh))]))
    };
    let kind = || ("Type", Value::Text("String"));
    let mut user = vec![kind(), label("Username of the image registry", "镜像仓库用户名")];
    user.extend(username.map(|username| ("Default", Value::Text(username))));
    let password = vec![
        kind(),
        label("Password of the image registry", "镜像仓库密码"),
        ("NoEcho", Value::True),
    ];
    let reference = |name| Value::Object(vec![("Ref", Value::Text(name))]);
    let credential = Value::Object(vec![
        ("Server", Value::Text(registry)),
        ("UserName", reference(USERNAME)),
        ("Password", reference(PASSWORD)),
    ]);
    let properties =
        Value::Object(vec![("ImageRegistryCredential", Value::List(vec![credential]))]);
    let group = Value::Object(vec![
        ("Type", Value::Text("ALIYUN::ECI::ContainerGroup")),
        ("Properties", properties),
    ]);
    let template = Value::Object(vec![
        (
            "Parameters",
            Value::Object(vec![
                (USERNAME, Value::Object(user)),
                (PASSWORD, Value::Object(password)),
            ]),
        ),
        ("Resources", Value::Object(vec![("ContainerGroup", group)])),
    ]);
    Ok(match format {
        Format::Text => template.yaml(),
        Format::Json => template.pretty(),
    })
}

/// Reads the credentials of a template's resources.
pub fn decode(text: &str) -> Result<Vec<Entry>, ReadError> {
    container_group::decode(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::{Given, NoLogin};

    #[test]
    fn a_template_refers_to_what_it_hides() {
        let yaml =
            encode("registry-vpc.cn-hangzhou.aliyuncs.com", Some("ann@example"), Format::Text);
        let yaml = yaml.unwrap();
        let expected = "Parameters:
  RegistryUserName:
    Type: String
    Label:
      en: Username of the image registry
      zh-cn: 镜像仓库用户名
    Default: \"ann@example\"
  RegistryPassword:
    Type: String
    Label:
      en: Password of the image registry
      zh-cn: 镜像仓库密码
    NoEcho: true
Resources:
  ContainerGroup:
    Type: ALIYUN::ECI::ContainerGroup
    Properties:
      ImageRegistryCredential:
        - Server: registry-vpc.cn-hangzhou.aliyuncs.com
          UserName:
            Ref: RegistryUserName
          Password:
            Ref: RegistryPassword
";
        assert_eq!(yaml.reveal(), expected);
        let json = encode("registry-vpc.cn-hangzhou.aliyuncs.com", None, Format::Json).unwrap();
        for text in [yaml.reveal(), json.reveal()] {
            let entry = decode(text).unwrap().remove(0);
            assert_eq!(entry.holder, "ContainerGroup");
            assert_eq!(entry.registry, "registry-vpc.cn-hangzhou.aliyuncs.com");
            assert_eq!(entry.notes, []);
            let given =
                |name: &str, is_hidden| Given::Parameter { name: name.to_owned(), is_hidden };
            let expected = NoLogin::Parameters {
                username: given(USERNAME, false),
                password: given(PASSWORD, true),
            };
            assert_eq!(entry.login.unwrap_err(), expected);
        }
    }
}
