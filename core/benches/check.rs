//! Parse and check of a 30-line and a 2,000-line Dockerfile, and of 1,000 small ones of varied
//! shape. Compare the figures of one run with
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

/// `count` Dockerfiles as different projects write them: the parts of each follow from its number.
fn varied(count: usize) -> Vec<(String, String)> {
    const BASES: &[&str] = &[
        "FROM python:3.12-slim",
        "FROM node:22-alpine AS build",
        "FROM --platform=$BUILDPLATFORM golang:1.24 AS build",
        "ARG CUDA=12.4.1\nFROM nvidia/cuda:${CUDA}-runtime-ubuntu22.04",
        "# syntax=docker/dockerfile:1\nFROM debian:12",
    ];
    const PARTS: &[&str] = &[
        "RUN apt-get update && apt-get install -y --no-install-recommends \\\n    curl \\\n    git=1:2.39.* \\\n && rm -rf /var/lib/apt/lists/*",
        "RUN pip install --no-cache-dir torch==2.4.0 fastapi uvicorn",
        "WORKDIR /srv/app\nCOPY requirements.txt ./\nCOPY src/ ./src/",
        "ENV PATH=/opt/bin:$PATH \\\n    LANG=C.UTF-8",
        "ENV OLD style of value",
        "RUN <<EOF\nset -e\nmkdir -p /data\ncd /data && curl -fsSL https://example.com/model.tgz | tar xz\nEOF",
        "# The port of the service.\nEXPOSE 8000/tcp 9090",
        "RUN --mount=type=cache,target=/root/.cache npm ci && npm run build",
        "COPY --from=build --chown=1000:1000 /out /srv/app",
        "USER 1000\nHEALTHCHECK --interval=30s CMD curl -f http://localhost:8000/ || exit 1",
        "RUN if [ -f setup.py ]; then python setup.py install; else echo none; fi",
        "LABEL org.opencontainers.image.title=\"demo\" version=1.0",
        "ADD https://example.com/a.tar.gz /tmp/\nVOLUME [\"/data\"]",
        "ONBUILD RUN make all",
        "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]",
    ];
    const ENDS: &[&str] = &[
        "CMD [\"python\", \"-m\", \"app\"]",
        "ENTRYPOINT [\"/srv/app/run\"]\nCMD [\"--port\", \"8000\"]",
        "CMD gunicorn -b 0.0.0.0:8000 app:app",
        "FROM scratch\nCOPY --from=0 /out /out\nENTRYPOINT [\"/out/server\"]",
    ];
    let pick = |list: &'static [&str], number: usize| list[number % list.len()];
    (0..count)
        .map(|number| {
            let mut text = format!("{}\n", pick(BASES, number));
            for part in 0..3 + number % 9 {
                text.push_str(pick(PARTS, number * 7 + part * (1 + number % 4)));
                text.push('\n');
            }
            text.push_str(pick(ENDS, number / 5));
            text.push('\n');
            (format!("service-{number}/Dockerfile"), text)
        })
        .collect()
}

#[divan::bench]
fn parse_a_thousand(bencher: Bencher<'_, '_>) {
    let files = varied(1000);
    bencher.counter(BytesCount::new(bytes(&files))).bench(|| {
        files.iter().for_each(|(_, text)| {
            divan::black_box(plimsoll::dockerfile::parse(divan::black_box(text)));
        });
    });
}

#[divan::bench]
fn parse_and_check_a_thousand(bencher: Bencher<'_, '_>) {
    let files = varied(1000);
    let settings = Settings::default();
    bencher.counter(BytesCount::new(bytes(&files))).bench(|| {
        let (project, _) = Project::from_files(
            files.iter().map(|(path, text)| (path.as_str(), divan::black_box(text.as_str()))),
        );
        check(&project, &settings)
    });
}

fn bytes(files: &[(String, String)]) -> usize {
    files.iter().map(|(_, text)| text.len()).sum()
}
