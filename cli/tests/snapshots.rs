//! What the examples give, whole: as people read it and as programs do. After a change that is
//! meant, `INSTA_UPDATE=always cargo test -p plimsoll-cli --test snapshots` renews them.

mod program;

use plimsoll_test_support::workspace;

use program::plimsoll;

fn check(example: &str, platform: &str, format: &str) -> String {
    let folder = workspace().join("examples").join(example);
    let arguments = ["check", ".", "--platform", platform, "--format", format];
    let run = plimsoll(&folder, &arguments, b"");
    assert_eq!(run.stderr, "");
    run.stdout
}

#[test]
fn the_flask_service_fits_eas() {
    insta::assert_snapshot!("eas-flask-text", check("eas-flask", "eas", "text"));
    insta::assert_snapshot!("eas-flask-json", check("eas-flask", "eas", "json"));
}

#[test]
fn the_broken_service_shows_what_goes_wrong_on_eas() {
    insta::assert_snapshot!("eas-broken-text", check("eas-broken", "eas", "text"));
    insta::assert_snapshot!("eas-broken-json", check("eas-broken", "eas", "json"));
    insta::assert_snapshot!("eas-broken-markdown", check("eas-broken", "eas", "markdown"));
    insta::assert_snapshot!("eas-broken-html", check("eas-broken", "eas", "html"));
}

#[test]
fn the_mnist_service_fits_modelarts_as_real_time_and_as_batch() {
    insta::assert_snapshot!("modelarts-mnist-text", check("modelarts-mnist", "modelarts", "text"));
    insta::assert_snapshot!(
        "modelarts-mnist-batch-text",
        check("modelarts-mnist", "modelarts:batch", "text")
    );
    insta::assert_snapshot!("modelarts-mnist-json", check("modelarts-mnist", "modelarts", "json"));
}

#[test]
fn the_broken_service_shows_what_goes_wrong_on_modelarts() {
    insta::assert_snapshot!(
        "modelarts-broken-text",
        check("modelarts-broken", "modelarts:batch", "text")
    );
    insta::assert_snapshot!(
        "modelarts-broken-json",
        check("modelarts-broken", "modelarts:batch", "json")
    );
}

#[test]
fn the_nginx_request_fits_eci() {
    insta::assert_snapshot!("eci-nginx-text", check("eci-nginx", "eci", "text"));
    insta::assert_snapshot!("eci-nginx-json", check("eci-nginx", "eci", "json"));
}

#[test]
fn the_broken_request_shows_what_goes_wrong_on_eci() {
    insta::assert_snapshot!("eci-nginx-broken-text", check("eci-nginx-broken", "eci", "text"));
    insta::assert_snapshot!("eci-nginx-broken-json", check("eci-nginx-broken", "eci", "json"));
}

#[test]
fn an_old_dockerfile_is_judged_and_mended() {
    let folder = workspace().join("examples/dockerfile-legacy");
    let run = |arguments: &[&str]| plimsoll(&folder, arguments, b"").stdout;
    insta::assert_snapshot!("dockerfile-legacy-text", run(&["check", "."]));
    insta::assert_snapshot!("dockerfile-legacy-diff", run(&["fix", "--diff", "."]));
}

#[test]
fn the_nginx_template_fits_compute_nest() {
    let text = check("compute-nest-nginx", "compute-nest", "text");
    insta::assert_snapshot!("compute-nest-nginx-text", text);
}

#[test]
fn the_broken_nginx_template_shows_what_goes_wrong_on_compute_nest() {
    let example = "compute-nest-nginx-broken";
    insta::assert_snapshot!(format!("{example}-text"), check(example, "compute-nest", "text"));
    insta::assert_snapshot!(format!("{example}-json"), check(example, "compute-nest", "json"));
}
