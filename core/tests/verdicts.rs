//! Platforms' verdicts on whole projects.

use plimsoll::fact::{Platform, Target};
use plimsoll::report::Verdict;
use plimsoll::{Project, Report, Settings, check};

fn report(files: &[(&str, &str)], platforms: &[Platform]) -> Report {
    let (project, errors) =
        Project::from_files(files.iter().map(|(path, text)| (*path, text.as_bytes())));
    assert!(errors.is_empty(), "{errors:?}");
    let targets = platforms.iter().map(|&platform| Target::of(platform)).collect();
    check(&project, &Settings { targets, ..Settings::default() })
}

fn verdict(report: &Report, platform: &str) -> Verdict {
    report.fit.iter().find(|fit| fit.platform == platform).expect("the platform").verdict
}

fn rules<'a>(report: &'a Report, severity: &str, platform: &str) -> Vec<&'a str> {
    report
        .findings
        .iter()
        .filter(|one| one.severity == severity && one.platform.as_deref() == Some(platform))
        .map(|one| &*one.rule)
        .collect()
}

/// The platform's own quick start, with `port`.
fn quick_start(port: u16) -> (String, String) {
    let dockerfile = format!(
        "FROM python:3.9-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY app.py .\nEXPOSE {port}\nCMD [\"gunicorn\", \"-w\", \"4\", \"-b\", \"0.0.0.0:{port}\", \"app:app\"]\n"
    );
    let service = format!(
        "{{\"metadata\":{{\"name\":\"flask_app\",\"instance\":1}},\"cloud\":{{\"computing\":{{\"instance_type\":\"ecs.c6.large\"}},\"networking\":{{\"vpc_id\":\"vpc-bp1\",\"vswitch_id\":\"vsw-bp1\",\"security_group_id\":\"sg-bp1\"}}}},\"containers\":[{{\"image\":\"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/flask-app:v1\",\"port\":{port}}}]}}"
    );
    (dockerfile, service)
}

#[test]
fn the_quick_start_fits_eas_and_fails_modelarts_on_its_port() {
    let (dockerfile, service) = quick_start(8000);
    let files = [("Dockerfile", dockerfile.as_str()), ("service.json", service.as_str())];
    let report = report(&files, &[Platform::Eas, Platform::ModelArts]);
    assert_eq!(rules(&report, "error", "eas"), [""; 0]);
    assert_eq!(verdict(&report, "eas"), Verdict::Fits);
    assert_eq!(verdict(&report, "modelarts"), Verdict::Fails);
    assert!(
        rules(&report, "error", "modelarts").contains(&"modelarts/listen-port-not-8080"),
        "{:?}",
        report.findings
    );
}

#[test]
fn the_same_on_8080_fails_eas_and_fits_modelarts_as_far_as_the_port_goes() {
    let (dockerfile, service) = quick_start(8080);
    let files = [("Dockerfile", dockerfile.as_str()), ("service.json", service.as_str())];
    let report = report(&files, &[Platform::Eas, Platform::ModelArts]);
    assert_eq!(verdict(&report, "eas"), Verdict::Fails);
    let errors = rules(&report, "error", "eas");
    assert!(errors.contains(&"eas/port-reserved"), "{errors:?}");
    assert!(errors.contains(&"eas/dockerfile-port-reserved"), "{errors:?}");
    assert_eq!(verdict(&report, "modelarts"), Verdict::Fits);
    assert_eq!(rules(&report, "error", "modelarts"), [""; 0]);
}

#[test]
fn nothing_is_said_of_a_project_that_tells_nothing() {
    let report = report(
        &[("Dockerfile", "FROM python:3.12\nCMD [\"python\", \"app.py\"]\n")],
        &Platform::ALL,
    );
    assert_eq!(verdict(&report, "eas"), Verdict::Unknown);
    assert_eq!(verdict(&report, "modelarts"), Verdict::Unknown);
}

#[test]
fn without_a_platform_the_documents_tell_which() {
    let (dockerfile, service) = quick_start(8000);
    let named = report(&[("Dockerfile", &dockerfile), ("service.json", &service)], &[]);
    let platforms: Vec<&str> = named.fit.iter().map(|fit| fit.platform.as_str()).collect();
    assert_eq!(platforms, ["eas"]);
    assert!(report(&[("Dockerfile", &dockerfile)], &[]).fit.is_empty());
}

#[test]
fn services_in_folders_of_their_own_are_not_compared() {
    let (dockerfile, service) = quick_start(8000);
    let other = service.replace("8000", "8001");
    let report = report(
        &[
            ("a/Dockerfile", dockerfile.as_str()),
            ("a/service.json", service.as_str()),
            ("b/Dockerfile", &dockerfile.replace("8000", "8001")),
            ("b/service.json", other.as_str()),
        ],
        &[Platform::Eas],
    );
    assert_eq!(rules(&report, "error", "eas"), [""; 0]);
}
