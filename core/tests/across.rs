//! Documents of one project that contradict one another: each contradiction is one finding, with
//! both places.

use plimsoll::fact::{Platform, Target};
use plimsoll::report::{Finding, Report, Verdict};
use plimsoll::rule::Severity;
use plimsoll::{Project, Settings, check, find_rule};

/// The report on the files, for the platforms that they name.
fn report(files: &[(&str, &str)]) -> Report {
    let (project, errors) =
        Project::from_files(files.iter().map(|(path, text)| (*path, text.as_bytes())));
    assert!(errors.is_empty(), "{errors:?}");
    check(&project, &Settings::default())
}

/// Whether a finding points at a place of another document.
fn is_across(finding: &Finding) -> bool {
    finding.related.iter().any(|related| related.path != finding.path)
}

/// What the documents disagree on: rule, document, letters, and the same of the other places.
fn contradictions(files: &[(&str, &str)]) -> Vec<String> {
    let letters = |path: &str, span: &plimsoll::report::Span| {
        let text = files.iter().find(|(name, _)| *name == path).expect("the file").1;
        text[span.start.offset as usize..span.end.offset as usize].to_owned()
    };
    let report = report(files);
    let mut found: Vec<String> = report
        .findings
        .iter()
        .filter(|finding| is_across(finding))
        .map(|finding| {
            let other = finding.related.iter().find(|one| one.path != finding.path).expect("one");
            format!(
                "{}: {} {} / {} {}",
                finding.rule,
                finding.path,
                letters(&finding.path, &finding.span),
                other.path,
                letters(&other.path, &other.span)
            )
        })
        .collect();
    found.sort();
    found
}

const RANKER: &str = r#"FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
WORKDIR /srv/ranker
RUN apt-get update && apt-get install -y --no-install-recommends python3-pip && rm -rf /var/lib/apt/lists/*
COPY requirements.txt serve.py ./
RUN pip install --no-cache-dir -r requirements.txt
EXPOSE 8000
HEALTHCHECK CMD python3 -c "import urllib.request as r; r.urlopen('http://localhost:8000/healthz')"
CMD ["gunicorn", "-b", "0.0.0.0:8000", "serve:app"]
"#;

fn service(port: u16, instance_type: &str, health: &str) -> String {
    format!(
        r#"{{
  "metadata": {{"name": "ranker", "instance": 1}},
  "cloud": {{
    "computing": {{"instances": [{{"type": "{instance_type}"}}]}},
    "networking": {{"vpc_id": "vpc-bp1", "vswitch_id": "vsw-bp1", "security_group_id": "sg-bp1"}}
  }},
  "containers": [{{
    "image": "acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/ranker:1.4.0",
    "port": {port},
    "startup_check": {{"http_get": {{"path": "{health}", "port": {port}}}}}
  }}]
}}
"#
    )
}

fn config(port: u16, health: &str) -> String {
    format!(
        r#"{{
  "model_algorithm": "ranking",
  "model_type": "Image",
  "port": {port},
  "apis": [{{"url": "/rank", "method": "post", "protocol": "http"}}],
  "health": {{"url": "{health}"}}
}}
"#
    )
}

#[test]
fn four_contradictions_are_four_findings_with_two_places_each() {
    let service = service(8001, "ecs.c7.xlarge", "/ready");
    let config = config(8443, "/healthz");
    let files = [("Dockerfile", RANKER), ("service.json", &service), ("config.json", &config)];
    assert_eq!(
        contradictions(&files),
        [
            "eas/cpu-instance-gpu-image: service.json ecs.c7.xlarge / Dockerfile nvidia/cuda:12.4.1-runtime-ubuntu22.04",
            "eas/port-mismatch-dockerfile: service.json 8001 / Dockerfile 8000",
            "modelarts/cross-port: config.json 8443 / Dockerfile 8000",
            "project/health-path-mismatch: service.json /ready / Dockerfile /healthz",
        ]
    );
}

#[test]
fn each_of_them_goes_when_its_documents_agree() {
    let wrong = [(8001, "ecs.c7.xlarge", "/ready"), (8443, "", "/healthz")];
    let right = [(8000, "ecs.gn7i-c16g1.4xlarge", "/healthz"), (8000, "", "/healthz")];
    let count = |port: usize, gpu: usize, health: usize, other: usize| {
        let pick = |index: usize| if index == 0 { wrong } else { right };
        let service = service(pick(port)[0].0, pick(gpu)[0].1, pick(health)[0].2);
        let config = config(pick(other)[1].0, "/healthz");
        let files = [("Dockerfile", RANKER), ("service.json", &service), ("config.json", &config)];
        contradictions(&files).len()
    };
    for mended in 0..16 {
        let bit = |at: usize| (mended >> at) & 1;
        let expected = 4 - (bit(0) + bit(1) + bit(2) + bit(3));
        assert_eq!(count(bit(0), bit(1), bit(2), bit(3)), expected, "mended {mended:04b}");
    }
}

#[test]
fn a_script_that_lies_elsewhere_and_a_login_of_another_registry() {
    let files = [
        (
            "Dockerfile",
            "FROM python:3.12-slim\nCOPY start.sh /opt/tagger/start.sh\nCMD [\"bash\", \"/opt/tagger/start.sh\"]\n",
        ),
        ("start.sh", "#!/bin/bash\nexec uvicorn tagger:app --host 0.0.0.0 --port 8000\n"),
        (
            "service.json",
            r#"{"metadata":{"name":"tagger","instance":1,"cuda":"11.2","cpu":4,"memory":8000,"gpu":1},"containers":[{"image":"harbor.acme.example/ml/tagger:2.0-cu121","port":8000,"command":"bash /tagger/start.sh"}]}"#,
        ),
        (".docker/config.json", r#"{"auths":{"registry.acme.example":{"auth":"dXNlcjpwYXNz"}}}"#),
    ];
    assert_eq!(
        contradictions(&files),
        [
            "project/registry-login-mismatch: service.json harbor.acme.example / .docker/config.json \"registry.acme.example\"",
            "project/script-elsewhere: service.json /tagger/start.sh / Dockerfile /opt/tagger/start.sh",
        ]
    );
}

#[test]
fn a_start_script_decides_which_port_the_documents_must_name() {
    let files = [
        (
            "Dockerfile",
            "FROM python:3.12-slim\nEXPOSE 9000\nCOPY run.sh /home/run.sh\nHEALTHCHECK CMD curl -f http://localhost:9000/up\nCMD [\"sh\", \"/home/run.sh\"]\n",
        ),
        ("run.sh", "#!/bin/sh\nexec gunicorn -b 0.0.0.0:8080 app:app\n"),
        (
            "config.json",
            r#"{"model_algorithm":"a","model_type":"Image","port":8443,"apis":[{"url":"/up","method":"get","protocol":"https"},{"url":"/in","method":"post","protocol":"http"}],"health":{"url":"/alive"}}"#,
        ),
        (
            "deploy.json",
            r#"{"service_name":"a","infer_type":"batch","config":[{"model_id":"m","req_uri":"/batch"}]}"#,
        ),
    ];
    assert_eq!(
        contradictions(&files),
        [
            "modelarts/cross-batch-req-uri: deploy.json /batch / config.json \"apis\"",
            "modelarts/cross-port: config.json 8443 / run.sh 8080",
            "modelarts/cross-protocol: config.json https / run.sh gunicorn",
            "project/expose-mismatch: Dockerfile 9000 / run.sh 8080",
            "project/health-path-mismatch: config.json /alive / Dockerfile /up",
            "project/health-port-mismatch: Dockerfile 9000 / run.sh 8080",
        ]
    );
}

#[test]
fn services_of_their_own_do_not_contradict_one_another() {
    let eas = service(8000, "ecs.gn7i-c16g1.4xlarge", "/healthz");
    let other = eas.replace("8000", "8600").replace("/healthz", "/up");
    let second = RANKER.replace("8000", "8600").replace("/healthz", "/up");
    let files = [
        ("a/Dockerfile", RANKER),
        ("a/service.json", &eas),
        ("b/Dockerfile", &second),
        ("b/service.json", &other),
    ];
    assert_eq!(contradictions(&files), [""; 0]);
}

#[test]
fn a_verdict_names_the_errors_that_decide_it() {
    let service = service(8001, "ecs.gn7i-c16g1.4xlarge", "/healthz");
    let files = [("Dockerfile", RANKER), ("service.json", &service)];
    let fit = report(&files).fit;
    let [eas] = &fit[..] else { panic!("{fit:?}") };
    assert_eq!((eas.verdict, eas.errors), (Verdict::Fails, 1));
    let deciding = &eas.deciding[0];
    assert_eq!(&*deciding.rule, "eas/port-mismatch-dockerfile");
    assert_eq!((deciding.path.as_str(), deciding.line), ("service.json", 9));
}

#[test]
fn a_deployment_on_one_platform_tells_nothing_of_another() {
    let service = service(8080, "ecs.c7.xlarge", "/healthz");
    let (project, _) = Project::from_files([("service.json", service.as_str())]);
    let targets = Platform::ALL.map(Target::of).to_vec();
    let fit = check(&project, &Settings { targets, ..Settings::default() }).fit;
    for one in &fit {
        let expected = if one.platform == "eas" { Verdict::Fails } else { Verdict::Unknown };
        assert_eq!(one.verdict, expected, "{}", one.platform);
    }
}

#[test]
fn what_is_wrong_in_one_platforms_document_decides_for_that_platform() {
    let files = [
        (
            "Dockerfile",
            "FROM python:3.12\nCOPY run.sh /home/run.sh\nCMD [\"sh\", \"/home/run.sh\"]\n",
        ),
        ("run.sh", "#!/bin/sh\nexec gunicorn -b :8080 app:app\n"),
        (
            "service.json",
            r#"{"metadata":{"name":"a_b","instance":1,"cpu":1,"memory":2000},"containers":[{"image":"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/a/b:1","port":8000,"command":"sh /run.sh"}],"cloud":{"networking":{"vpc_id":"vpc-1","vswitch_id":"vsw-1","security_group_id":"sg-1"}}}"#,
        ),
    ];
    let (project, _) = Project::from_files(files);
    let targets = vec![Target::of(Platform::Eas), Target::of(Platform::ModelArts)];
    let report = check(&project, &Settings { targets, ..Settings::default() });
    let deciding: Vec<Vec<&str>> =
        report.fit.iter().map(|fit| fit.deciding.iter().map(|one| &*one.rule).collect()).collect();
    assert_eq!(deciding, [vec!["project/script-elsewhere"], vec![]]);
}

#[test]
fn profiles_of_one_platform_are_judged_apart() {
    let files = [(
        "Dockerfile",
        "FROM python:3.12\nCOPY run.py /opt/\nCMD [\"gunicorn\", \"-b\", \":8080\", \"run:app\"]\n",
    )];
    let (project, _) = Project::from_files(files);
    let targets = ["modelarts:real-time", "modelarts:batch"]
        .map(|name| Target::parse(name).expect("a target"))
        .to_vec();
    let report = check(&project, &Settings { targets, ..Settings::default() });
    let verdicts: Vec<_> = report.fit.iter().map(|fit| (fit.name(), fit.verdict)).collect();
    assert_eq!(
        verdicts,
        [("modelarts:real-time".into(), Verdict::Fits), ("modelarts:batch".into(), Verdict::Fails)]
    );
    let places = |rule: &str| report.findings.iter().filter(|one| one.rule == rule).count();
    assert_eq!(places("modelarts/batch-cmd-run-sh"), 1, "found once though asked twice");
}

#[test]
fn what_breaks_the_build_decides_and_what_the_user_demands_does_not() {
    let service = service(8000, "ecs.gn7i-c16g1.4xlarge", "/healthz");
    let verdict = |dockerfile: &str, settings: Settings| {
        let files = [("Dockerfile", dockerfile), ("service.json", service.as_str())];
        let (project, _) = Project::from_files(files);
        let targets = vec![Target::of(Platform::Eas)];
        check(&project, &Settings { targets, ..settings }).fit[0].verdict
    };
    assert_eq!(verdict(RANKER, Settings::default()), Verdict::Fits);
    let broken = RANKER.replace("EXPOSE", "EXPOSES");
    assert_eq!(verdict(&broken, Settings::default()), Verdict::Fails);

    let policy = find_rule("dockerfile/allowed-registry").expect("the rule");
    let list = plimsoll::rule::OptionValue::List(vec!["registry.acme.example".into()]);
    let option =
        plimsoll::rule::RuleOption { rule: policy, name: "registries".into(), value: list };
    let settings = Settings { options: vec![option], ..Settings::default() };
    assert_eq!(verdict(RANKER, settings), Verdict::Fits);

    let style = find_rule("project/expose-mismatch").expect("the rule");
    let settings = Settings { severities: vec![(style, Severity::Error)], ..Settings::default() };
    let exposed = RANKER.replace("EXPOSE 8000", "EXPOSE 7000");
    assert_eq!(verdict(&exposed, settings), Verdict::Fits);
}
