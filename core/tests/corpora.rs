//! Real files of the platforms: every one is known for what it is and read to its end.

use std::path::Path;

use plimsoll::{Kind, Project};
use plimsoll_test_support::cases;

/// The rows of an `INDEX.tsv`, by the names of its columns.
fn index(folder: &Path) -> Vec<Vec<(String, String)>> {
    let text = std::fs::read_to_string(folder.join("INDEX.tsv")).expect("an index");
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().expect("a head").split('\t').collect();
    let row = |line: &str| {
        let cells = line.split('\t').map(str::to_owned);
        names.iter().map(|name| (*name).to_owned()).zip(cells).collect()
    };
    lines.map(row).collect()
}

fn cell<'a>(row: &'a [(String, String)], name: &str) -> &'a str {
    row.iter().find(|(column, _)| column == name).map_or("", |(_, value)| value)
}

/// The kind that the index of the Alibaba Cloud files tells.
fn kind(told: &str) -> Option<Kind> {
    match told.split('/').next()? {
        "computenest-config" => Some(Kind::ComputeNestConfig),
        "k8s" => Some(Kind::Kubernetes),
        "ros-computenest" | "ros-other" => Some(Kind::RosTemplate),
        "eci" if told == "eci/ros" => Some(Kind::RosTemplate),
        "eci" if told == "eci/cli-flattened" => Some(Kind::Shell),
        _ => None,
    }
}

#[test]
#[ignore = "needs PLIMSOLL_CASES"]
fn every_real_file_of_alibaba_cloud_is_known_and_read_to_its_end() {
    let folder = cases::path("corpus/aliyun");
    let mut read = 0;
    for row in index(&folder) {
        let (file, told) = (cell(&row, "file"), cell(&row, "kind"));
        let Some(kind) = kind(told) else { continue };
        let bytes = std::fs::read(folder.join(file)).expect("a file of the index");
        // One JSON among the configurations belongs to another tool.
        if kind == Kind::ComputeNestConfig && file.ends_with(".json") {
            continue;
        }
        let (project, errors) = Project::from_files([(file, bytes)]);
        assert!(errors.is_empty(), "{file}: {errors:?}");
        let document = &project.documents()[0];
        assert_eq!(document.kind, kind, "{file}");
        assert_eq!(document.error_count(), 0, "{file}: {:?}", document.errors());
        for inner in document.embedded.iter() {
            let errors = inner.content.errors();
            assert!(errors.is_empty(), "{file}: {} {}: {errors:?}", inner.resource, inner.property);
        }
        read += 1;
    }
    assert!(read >= 90, "only {read} files were read");
}
