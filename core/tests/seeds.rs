//! The samples in the documents that Plimsoll was founded on: what is to be found in them, and what
//! is not.

use plimsoll::fact::{Platform, Target};
use plimsoll::report::Report;
use plimsoll::{Project, Settings, check};
use plimsoll_test_support::cases;

/// The document whose name begins with `number`.
fn seed(number: &str) -> String {
    let entries = std::fs::read_dir(cases::path("seeds")).expect("the seeds");
    let mut paths = entries.map(|entry| entry.expect("an entry").path());
    let path = paths.find(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(number))
    });
    std::fs::read_to_string(path.expect("a seed of this number")).expect("a text")
}

/// The lines of `text` from the one that begins with `first` to before the one that begins with
/// `end`, without the indentation of the first.
fn cut(text: &str, first: &str, end: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.iter().position(|line| line.trim_start().starts_with(first)).expect(first);
    let indent = lines[from].len() - lines[from].trim_start().len();
    let rest = &lines[from..];
    let length = rest.iter().position(|line| line.trim_start().starts_with(end));
    let kept = &rest[..length.unwrap_or(rest.len())];
    kept.iter().map(|line| format!("{}\n", line.get(indent..).unwrap_or_default())).collect()
}

fn report(path: &str, text: &str) -> Report {
    let (project, errors) = Project::from_files([(path, text)]);
    assert!(errors.is_empty(), "{errors:?}");
    let settings = Settings {
        targets: vec![Target::of(Platform::ComputeNest), Target::of(Platform::Eci)],
        ..Settings::default()
    };
    check(&project, &settings)
}

fn rules<'a>(report: &'a Report, severity: &str) -> Vec<&'a str> {
    let mut rules: Vec<&str> = report
        .findings
        .iter()
        .filter(|one| one.severity == severity)
        .map(|one| one.rule.as_ref())
        .collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

#[test]
#[ignore = "needs PLIMSOLL_CASES"]
fn the_first_template_of_compute_nest_lacks_what_the_api_asks_for() {
    let text = seed("004");
    let sample = cut(&text, "Resources:", "Create and use");
    let report = report("sample.yaml", &sample);
    let errors = rules(&report, "error");
    for expected in [
        "ros/version-missing",
        "compute-nest/clusterapplication-clusterid",
        "kubernetes/name-missing",
        "kubernetes/selector-missing",
        "kubernetes/template-labels",
        "kubernetes/pullsecret-namespace",
    ] {
        // Without a selector there is nothing that labels could match.
        let is_told = errors.contains(&expected);
        let by_another = expected == "kubernetes/template-labels"
            && errors.contains(&"kubernetes/selector-missing");
        assert!(is_told || by_another, "{expected} is not among {errors:?}");
    }
    let others: Vec<&&str> =
        errors.iter().filter(|rule| rule.starts_with("compute-nest/")).collect();
    assert_eq!(others, [&"compute-nest/clusterapplication-clusterid"]);
}

#[test]
#[ignore = "needs PLIMSOLL_CASES"]
fn the_second_template_of_compute_nest_has_no_error() {
    let text = seed("004");
    let sample = cut(&text, "ROSTemplateFormatVersion:", "5. ");
    let report = report("sample.yaml", &sample);
    assert_eq!(rules(&report, "error"), [""; 0], "{:?}", report.findings);
    assert_eq!(rules(&report, "warning"), ["compute-nest/secret-echo"]);
    assert!(rules(&report, "info").contains(&"compute-nest/docker-login-password-flag"));
}

#[test]
#[ignore = "needs PLIMSOLL_CASES"]
fn the_parameters_of_eci_are_as_they_should_be() {
    let text = seed("003");
    // The table names each parameter and its example on lines of their own, or in one row.
    assert!(text.contains("registry-vpc.cn-hangzhou.aliyuncs.com/eci_open/nginx:latest"));
    let request = "\
Container.N.Image=registry-vpc.cn-hangzhou.aliyuncs.com/eci_open/nginx:latest
InitContainer.N.Image=registry-vpc.cn-hangzhou.aliyuncs.com/eci_open/nginx:latest
ImageRegistryCredential.N.Password=yourpassword
ImageRegistryCredential.N.Server=registry-vpc.cn-hangzhou.aliyuncs.com
ImageRegistryCredential.N.UserName=yourusername
";
    let report = report("request.txt", request);
    let found = [rules(&report, "error"), rules(&report, "warning")].concat();
    assert_eq!(found, [""; 0], "{:?}", report.findings);
}
