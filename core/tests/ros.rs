//! The rules on ROS templates over real ones: what is known to be wrong is found, and no other
//! template is called refused.

use plimsoll::{Project, Settings, check};
use plimsoll_test_support::cases;

/// Templates that ROS refuses, and the names in them that nothing declares.
const REFUSED: &[(&str, &[&str])] = &[
    ("kubernetes_single.yaml", &["RegionId"]),
    ("kubernetes_single.yml", &["RegionId"]),
    ("failed_validate_template.yml", &["ZoneId"]),
    ("invalid_template.yml", &["NatGateway"]),
    (
        "quickstart-agentscope-studio___ros_templates_ack.yaml",
        &[
            "BearToken",
            "RedisInstance",
            "RedisInstancePassword",
            "OSSBucket",
            "SandboxType",
            "PoolSize",
            "ClusterId",
            "WorkerInstanceCount",
            "WorkerInstanceMinCount",
            "WorkerInstanceMaxCount",
        ],
    ),
];

#[test]
#[ignore = "needs PLIMSOLL_CASES"]
fn of_real_templates_those_are_refused_that_name_what_is_not_there() {
    let corpus = cases::path("corpus/aliyun");
    let mut read = 0;
    for folder in ["ros-computenest", "ros-other", "eci"] {
        for entry in std::fs::read_dir(corpus.join(folder)).expect("the corpus") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy();
            let bytes = std::fs::read(&path).expect("a file");
            let (project, _) = Project::from_files([(name.as_ref(), bytes)]);
            let report = check(&project, &Settings::default());
            let errors = report.findings.iter().filter(|one| {
                one.rule.starts_with("ros/") && one.severity == plimsoll::rule::Severity::Error.id()
            });
            let mut names: Vec<&str> =
                errors.map(|one| one.args.get("name").map_or("?", |name| name.as_str())).collect();
            names.dedup();
            let expected = REFUSED.iter().find(|(file, _)| name.ends_with(file));
            assert_eq!(names, expected.map_or(&[][..], |(_, names)| names), "{name}");
            read += 1;
        }
    }
    assert!(read >= 70, "only {read} files were read");
}
