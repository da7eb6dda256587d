//! Parse and check of a 30-line and a 2,000-line Dockerfile. Compare the figures of one run with
//! one another, never with those of another machine.

use divan::{Bencher, counter::BytesCount};
use plimsoll::fact::Platform;
use plimsoll::{Project, Settings, check};

fn main() {
    divan::main();
}

/// A serving image of about `lines` lines, with the constructs that real files have.
fn dockerfile(lines: usize) -> String {
    let mut text = String::from(
        "# syntax=docker/dockerfile:1\nARG PYTHON=3.12\nFROM python:${PYTHON}-slim AS build\nWORKDIR /app\n",
    );
    let mut count = text.lines().count() + 4;
    let mut step = 0;
    while count < lines {
        step += 1;
        text.push_str(&format!(
            "# step {step}\nENV STEP_{step}=\"{step}\" OTHER_{step}=$PYTHON\nCOPY part-{step}.txt /app/part-{step}.txt\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends curl-{step} && \\\n    rm -rf /var/lib/apt/lists/*\n",
        ));
        count += 6;
    }
    text.push_str(
        "EXPOSE 8000\nUSER 1000\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]\n",
    );
    text
}

#[divan::bench(args = [30, 2000])]
fn parse(bencher: Bencher<'_, '_>, lines: usize) {
    let text = dockerfile(lines);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| plimsoll::dockerfile::parse(divan::black_box(&text)));
}

#[divan::bench(args = [30, 2000])]
fn parse_and_check(bencher: Bencher<'_, '_>, lines: usize) {
    let text = dockerfile(lines);
    let settings = Settings::for_platform(Platform::Eas);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let (project, _) = Project::from_files([("Dockerfile", divan::black_box(text.as_str()))]);
        check(&project, &settings)
    });
}
