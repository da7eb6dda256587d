//! The examples of the repository, to be opened on the page.

use plimsoll::text::{Text, text};

use crate::messages::File;

/// A project to look at.
pub struct Example {
    /// The name of its folder.
    pub id: &'static str,
    /// What it is.
    pub title: Text,
    /// Path and text of each file.
    pub files: &'static [(&'static str, &'static str)],
}

/// All examples.
pub const EXAMPLES: &[Example] = &[
    Example {
        id: "eas-flask",
        title: text("EAS: a Flask service", "EAS：Flask 服务"),
        files: &[
            ("Dockerfile", include_str!("../../examples/eas-flask/Dockerfile")),
            ("service.json", include_str!("../../examples/eas-flask/service.json")),
        ],
    },
    Example {
        id: "eas-broken",
        title: text("EAS: a service with many faults", "EAS：错误很多的服务"),
        files: &[
            ("Dockerfile", include_str!("../../examples/eas-broken/Dockerfile")),
            ("service.json", include_str!("../../examples/eas-broken/service.json")),
        ],
    },
    Example {
        id: "modelarts-mnist",
        title: text("ModelArts: config.json and run.sh", "ModelArts：config.json 与 run.sh"),
        files: &[
            ("Dockerfile", include_str!("../../examples/modelarts-mnist/Dockerfile")),
            ("config.json", include_str!("../../examples/modelarts-mnist/config.json")),
            ("run.sh", include_str!("../../examples/modelarts-mnist/run.sh")),
        ],
    },
    Example {
        id: "modelarts-broken",
        title: text("ModelArts: a model with many faults", "ModelArts：错误很多的模型"),
        files: &[
            ("Dockerfile", include_str!("../../examples/modelarts-broken/Dockerfile")),
            ("config.json", include_str!("../../examples/modelarts-broken/config.json")),
            ("run.sh", include_str!("../../examples/modelarts-broken/run.sh")),
        ],
    },
    Example {
        id: "eci-nginx",
        title: text("ECI: a request", "ECI：创建请求"),
        files: &[
            ("Dockerfile", include_str!("../../examples/eci-nginx/Dockerfile")),
            ("eci-request.txt", include_str!("../../examples/eci-nginx/eci-request.txt")),
        ],
    },
    Example {
        id: "eci-nginx-broken",
        title: text("ECI: a request with many faults", "ECI：错误很多的请求"),
        files: &[
            ("Dockerfile", include_str!("../../examples/eci-nginx-broken/Dockerfile")),
            ("eci-request.txt", include_str!("../../examples/eci-nginx-broken/eci-request.txt")),
        ],
    },
    Example {
        id: "compute-nest-nginx",
        title: text("Compute Nest: a template", "计算巢：模板"),
        files: &[
            ("template.yaml", include_str!("../../examples/compute-nest-nginx/template.yaml")),
            ("config.yaml", include_str!("../../examples/compute-nest-nginx/config.yaml")),
        ],
    },
    Example {
        id: "compute-nest-nginx-broken",
        title: text("Compute Nest: a template with many faults", "计算巢：错误很多的模板"),
        files: &[
            (
                "template.yaml",
                include_str!("../../examples/compute-nest-nginx-broken/template.yaml"),
            ),
            ("config.yaml", include_str!("../../examples/compute-nest-nginx-broken/config.yaml")),
        ],
    },
    Example {
        id: "dockerfile-legacy",
        title: text("An old Dockerfile", "一份旧的 Dockerfile"),
        files: &[("Dockerfile", include_str!("../../examples/dockerfile-legacy/Dockerfile"))],
    },
];

/// What the page opens with: wrong in one place, and one fix away from what EAS takes.
const FIRST: &[(&str, &str)] = &[
    ("Dockerfile", include_str!("first/Dockerfile")),
    ("service.json", include_str!("first/service.json")),
];

/// The files of an example as documents.
pub fn files(example: &Example) -> Vec<File> {
    of(example.files)
}

/// The example that the page opens with.
pub fn first() -> Vec<File> {
    of(FIRST)
}

fn of(files: &[(&str, &str)]) -> Vec<File> {
    files
        .iter()
        .map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned(), kind: None })
        .collect()
}

#[cfg(test)]
mod tests {
    use plimsoll::report::Verdict;
    use plimsoll::rule::Safety;
    use plimsoll::{Project, Settings, check, fix};

    use super::*;

    #[test]
    fn the_first_example_is_one_safe_fix_away_from_what_eas_takes() {
        let files = first().into_iter().map(|file| (file.path, file.text));
        let (project, refused) = Project::from_files(files);
        assert!(refused.is_empty());
        let settings = Settings::default();
        let report = check(&project, &settings);
        let rules: Vec<&str> = report.findings.iter().map(|one| &*one.rule).collect();
        assert_eq!(rules, ["eas/bind-loopback"]);
        assert_eq!(report.fit.iter().map(|fit| fit.verdict).collect::<Vec<_>>(), [Verdict::Fails]);
        let fixed = fix(&project, &settings, Safety::Safe);
        assert_eq!(fixed.applied.len(), 1);
        let report = check(&fixed.project, &settings);
        assert!(report.findings.is_empty());
        assert_eq!(report.fit.iter().map(|fit| fit.verdict).collect::<Vec<_>>(), [Verdict::Fits]);
    }
}
