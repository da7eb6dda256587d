//! An image's configuration, read field by field: what one field has wrong does not lose another.

use serde_json::Value;

/// What the image says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImageConfig {
    /// `amd64`, `arm64` …
    pub architecture: Option<String>,
    /// `linux`, `windows`.
    pub os: Option<String>,
    /// `v8`, `v7`.
    pub variant: Option<String>,
    /// When it was made.
    pub created: Option<String>,
    /// `Entrypoint`.
    pub entrypoint: Option<Vec<String>>,
    /// `Cmd`.
    pub cmd: Option<Vec<String>>,
    /// `Env`, each `NAME=value`. May hold secrets.
    pub env: Option<Vec<String>>,
    /// `ExposedPorts`, each `8080/tcp`.
    pub exposed_ports: Vec<String>,
    /// `User`.
    pub user: Option<String>,
    /// `WorkingDir`.
    pub working_dir: Option<String>,
    /// `Labels`.
    pub labels: Option<Vec<(String, String)>>,
    /// `StopSignal`.
    pub stop_signal: Option<String>,
    /// `Healthcheck.Test`.
    pub healthcheck: Option<Vec<String>>,
    /// `OnBuild`.
    pub on_build: Option<Vec<String>>,
    /// `Shell`.
    pub shell: Option<Vec<String>>,
    /// `Volumes`.
    pub volumes: Vec<String>,
    /// `rootfs.diff_ids`; `None` where there are none.
    pub diff_ids: Option<Vec<String>>,
    /// `history`.
    pub history: Vec<Step>,
    /// Fields that are not of the type that they must be: `config.Cmd`.
    pub odd_fields: Vec<String>,
}

impl ImageConfig {
    /// `Entrypoint` and `Cmd` as they are started together.
    pub fn argv(&self) -> Vec<&str> {
        [&self.entrypoint, &self.cmd].into_iter().flatten().flatten().map(String::as_str).collect()
    }

    /// The words of the start command, those inside of shell text included.
    pub fn words(&self) -> Vec<&str> {
        let ends = [' ', '\t', '\n', ';', '&', '|', '"', '\'', '(', ')'];
        let words = self.argv().into_iter().flat_map(|text| text.split(ends));
        words.filter(|word| !word.is_empty()).collect()
    }

    /// The value of the variable `name`: of several the last.
    pub fn variable(&self, name: &str) -> Option<&str> {
        let entries = self.env.iter().flatten().rev();
        entries
            .filter_map(|entry| entry.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }
}

/// One entry of `history`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What was run. May hold secrets.
    pub created_by: String,
    /// Whether it made no layer.
    pub is_empty: bool,
}

/// Reads a configuration. Fails only where it is no JSON object.
pub fn parse(json: &[u8]) -> Result<ImageConfig, serde_json::Error> {
    let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    let members: serde_json::Map<String, Value> = serde_json::from_slice(json)?;
    let root = Value::Object(members);
    let mut reader = Reader { odd: Vec::new() };
    let inner = reader.object(&root, "config");
    let rootfs = reader.object(&root, "rootfs");
    let config = ImageConfig {
        architecture: reader.text(&root, "architecture", "architecture"),
        os: reader.text(&root, "os", "os"),
        variant: reader.text(&root, "variant", "variant"),
        created: reader.text(&root, "created", "created"),
        entrypoint: reader.texts(inner, "Entrypoint", "config.Entrypoint"),
        cmd: reader.texts(inner, "Cmd", "config.Cmd"),
        env: reader.texts(inner, "Env", "config.Env"),
        exposed_ports: reader.keys(inner, "ExposedPorts", "config.ExposedPorts"),
        user: reader.text(inner, "User", "config.User"),
        working_dir: reader.text(inner, "WorkingDir", "config.WorkingDir"),
        labels: reader.labels(inner),
        stop_signal: reader.text(inner, "StopSignal", "config.StopSignal"),
        healthcheck: match inner.get("Healthcheck") {
            None | Some(Value::Null) => None,
            Some(check @ Value::Object(_)) => {
                reader.texts(check, "Test", "config.Healthcheck.Test")
            }
            Some(_) => reader.odd("config.Healthcheck"),
        },
        on_build: reader.texts(inner, "OnBuild", "config.OnBuild"),
        shell: reader.texts(inner, "Shell", "config.Shell"),
        volumes: reader.keys(inner, "Volumes", "config.Volumes"),
        diff_ids: reader.texts(rootfs, "diff_ids", "rootfs.diff_ids"),
        history: reader.history(&root),
        odd_fields: Vec::new(),
    };
    Ok(ImageConfig { odd_fields: reader.odd, ..config })
}

struct Reader {
    odd: Vec<String>,
}

impl Reader {
    fn odd<T>(&mut self, path: &str) -> Option<T> {
        self.odd.push(path.to_owned());
        None
    }

    /// The object at `key`; null where it is none.
    fn object<'a>(&mut self, parent: &'a Value, key: &str) -> &'a Value {
        match parent.get(key) {
            Some(value @ Value::Object(_)) => value,
            None | Some(Value::Null) => &Value::Null,
            Some(_) => {
                self.odd.push(key.to_owned());
                &Value::Null
            }
        }
    }

    fn text(&mut self, parent: &Value, key: &str, path: &str) -> Option<String> {
        match parent.get(key)? {
            Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
            Value::Null => None,
            _ => self.odd(path),
        }
    }

    fn texts(&mut self, parent: &Value, key: &str, path: &str) -> Option<Vec<String>> {
        match parent.get(key)? {
            Value::Null => None,
            Value::Array(items) => {
                let texts: Vec<String> =
                    items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect();
                if texts.len() < items.len() {
                    self.odd.push(path.to_owned());
                }
                Some(texts)
            }
            // What a shell would get.
            Value::String(text) => {
                self.odd.push(path.to_owned());
                Some(vec![text.clone()])
            }
            _ => self.odd(path),
        }
    }

    /// The names of a set, which is an object with empty values.
    fn keys(&mut self, parent: &Value, key: &str, path: &str) -> Vec<String> {
        match parent.get(key) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Object(members)) => members.keys().cloned().collect(),
            Some(Value::Array(items)) => {
                self.odd.push(path.to_owned());
                items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
            }
            Some(_) => {
                self.odd.push(path.to_owned());
                Vec::new()
            }
        }
    }

    fn labels(&mut self, config: &Value) -> Option<Vec<(String, String)>> {
        match config.get("Labels")? {
            Value::Null => None,
            Value::Object(members) => {
                let label = |(key, value): (&String, &Value)| {
                    value.as_str().map(|value| (key.clone(), value.to_owned()))
                };
                let labels: Vec<_> = members.iter().filter_map(label).collect();
                if labels.len() < members.len() {
                    self.odd.push("config.Labels".to_owned());
                }
                Some(labels)
            }
            _ => self.odd("config.Labels"),
        }
    }

    fn history(&mut self, root: &Value) -> Vec<Step> {
        match root.get("history") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => {
                let is_odd = |item: &Value| {
                    let created_by = item.get("created_by").unwrap_or(&Value::Null);
                    let is_empty = item.get("empty_layer").unwrap_or(&Value::Null);
                    !item.is_object()
                        || !(created_by.is_string() || created_by.is_null())
                        || !(is_empty.is_boolean() || is_empty.is_null())
                };
                if let Some(index) = items.iter().position(is_odd) {
                    self.odd.push(format!("history[{index}]"));
                }
                items
                    .iter()
                    .map(|item| Step {
                        created_by: item
                            .get("created_by")
                            .and_then(Value::as_str)
                            .unwrap_or_default()
                            .to_owned(),
                        is_empty: item.get("empty_layer").and_then(Value::as_bool) == Some(true),
                    })
                    .collect()
            }
            Some(_) => {
                self.odd.push("history".to_owned());
                Vec::new()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_field_does_not_lose_the_others() {
        let config = parse(
            br#"{"architecture":"amd64","os":7,"config":{"Cmd":"sh run.sh","Env":["A=b",3],
            "ExposedPorts":{"8080/tcp":{}},"Labels":null,"User":"1000"},"history":null,
            "rootfs":{"diff_ids":["sha256:x"]}}"#,
        )
        .unwrap();
        assert_eq!(config.architecture.as_deref(), Some("amd64"));
        assert_eq!(config.cmd, Some(vec!["sh run.sh".to_owned()]));
        assert_eq!(config.exposed_ports, ["8080/tcp"]);
        assert_eq!(config.user.as_deref(), Some("1000"));
        assert_eq!(config.odd_fields, ["os", "config.Cmd", "config.Env"]);
        let config = parse(
            br#"{"config":[1],"rootfs":7,"history":[{},{"created_by":"a","empty_layer":null},null,3]}"#,
        )
        .unwrap();
        assert_eq!(config.odd_fields, ["config", "rootfs", "history[2]"]);
        assert_eq!(config.history.len(), 4);
        assert!(parse(b"[]").is_err() && parse(&b"[".repeat(100_000)).is_err());
    }
}
