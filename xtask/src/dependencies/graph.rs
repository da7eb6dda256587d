//! What `cargo metadata` tells of the packages, as far as the lists ask.

use serde_json::Value;

use crate::Failure;

/// A package that the workspace may stand on, on any machine, in a test or a build script.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    /// In SPDX's terms; empty where it says none.
    pub(super) licence: String,
}

/// The packages, and which names which.
pub(super) struct Graph {
    pub(super) packages: Vec<Package>,
    /// The names of a package and of one that it depends on.
    pub(super) uses: Vec<(String, String)>,
}

impl Graph {
    pub(super) fn read(metadata: &str) -> Result<Graph, Failure> {
        let metadata: Value = serde_json::from_str(metadata)?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let packages = metadata["packages"].as_array().ok_or("cargo names no packages")?;
        let name = |id: &Value| {
            let package = packages.iter().find(|package| package["id"] == *id);
            package.map(|package| text(&package["name"])).unwrap_or_default()
        };
        let nodes = metadata["resolve"]["nodes"].as_array().ok_or("cargo resolves nothing")?;
        let uses = nodes.iter().flat_map(|node| {
            let user = name(&node["id"]);
            let used = node["dependencies"].as_array().into_iter().flatten();
            used.map(move |id| (user.clone(), name(id)))
        });
        let uses = uses.collect();
        let packages = packages.iter().map(|package| Package {
            name: text(&package["name"]),
            version: text(&package["version"]),
            licence: text(&package["license"]),
        });
        Ok(Graph { packages: packages.collect(), uses })
    }

    /// The packages that depend on one of this name.
    pub(super) fn users(&self, name: &str) -> Vec<&str> {
        let users = self.uses.iter().filter(|(_, used)| used == name);
        users.map(|(user, _)| user.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_and_their_users_are_read_from_cargos_json() {
        let graph = Graph::read(
            r#"{"packages":[{"id":"x#a@1","name":"a","version":"1.0.0","license":"MIT"},
                            {"id":"x#b@2","name":"b","version":"2.0.0","license":null}],
                "resolve":{"nodes":[{"id":"x#a@1","dependencies":["x#b@2"]},{"id":"x#b@2","dependencies":[]}]}}"#,
        )
        .unwrap();
        assert_eq!(graph.users("b"), ["a"]);
        assert_eq!(graph.packages[1].licence, "");
    }
}
