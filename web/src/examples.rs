//! The examples of the repository, to be opened on the page.

use crate::messages::File;

/// Name and files of each example.
pub const EXAMPLES: &[(&str, &[(&str, &str)])] = &[
    (
        "eas-flask",
        &[
            ("Dockerfile", include_str!("../../examples/eas-flask/Dockerfile")),
            ("service.json", include_str!("../../examples/eas-flask/service.json")),
        ],
    ),
    (
        "eas-broken",
        &[
            ("Dockerfile", include_str!("../../examples/eas-broken/Dockerfile")),
            ("service.json", include_str!("../../examples/eas-broken/service.json")),
        ],
    ),
    (
        "modelarts-mnist",
        &[
            ("Dockerfile", include_str!("../../examples/modelarts-mnist/Dockerfile")),
            ("config.json", include_str!("../../examples/modelarts-mnist/config.json")),
            ("run.sh", include_str!("../../examples/modelarts-mnist/run.sh")),
        ],
    ),
    (
        "modelarts-broken",
        &[
            ("Dockerfile", include_str!("../../examples/modelarts-broken/Dockerfile")),
            ("config.json", include_str!("../../examples/modelarts-broken/config.json")),
            ("run.sh", include_str!("../../examples/modelarts-broken/run.sh")),
        ],
    ),
    (
        "eci-nginx",
        &[
            ("Dockerfile", include_str!("../../examples/eci-nginx/Dockerfile")),
            ("eci-request.txt", include_str!("../../examples/eci-nginx/eci-request.txt")),
        ],
    ),
    (
        "eci-nginx-broken",
        &[
            ("Dockerfile", include_str!("../../examples/eci-nginx-broken/Dockerfile")),
            ("eci-request.txt", include_str!("../../examples/eci-nginx-broken/eci-request.txt")),
        ],
    ),
    (
        "compute-nest-nginx",
        &[
            ("template.yaml", include_str!("../../examples/compute-nest-nginx/template.yaml")),
            ("config.yaml", include_str!("../../examples/compute-nest-nginx/config.yaml")),
        ],
    ),
    (
        "compute-nest-nginx-broken",
        &[
            (
                "template.yaml",
                include_str!("../../examples/compute-nest-nginx-broken/template.yaml"),
            ),
            ("config.yaml", include_str!("../../examples/compute-nest-nginx-broken/config.yaml")),
        ],
    ),
    (
        "dockerfile-legacy",
        &[("Dockerfile", include_str!("../../examples/dockerfile-legacy/Dockerfile"))],
    ),
];

/// The files of an example as documents.
pub fn files(example: &[(&str, &str)]) -> Vec<File> {
    example
        .iter()
        .map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() })
        .collect()
}
