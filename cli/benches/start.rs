//! Start-up of the program as a whole process: `--version`, and a check of a 12-line Dockerfile,
//! beside a process that does nothing. Compare the figures of one run with one another.

use std::io::Write;
use std::process::{Command, Stdio};

use divan::Bencher;

const DOCKERFILE: &[u8] = b"FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY app.py .
ENV PYTHONUNBUFFERED=1
ENV WORKERS=4
LABEL org.opencontainers.image.title=app
USER 1000
EXPOSE 8080
STOPSIGNAL SIGTERM
CMD [\"gunicorn\", \"-b\", \"127.0.0.1:8080\", \"app:app\"]
";

fn main() {
    divan::main();
}

fn run(program: &str, arguments: &[&str], input: &[u8]) {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let _ = child.stdin.take().expect("piped").write_all(input);
    child.wait().expect("the program ends");
}

#[divan::bench]
fn nothing(bencher: Bencher<'_, '_>) {
    bencher.bench(|| run("true", &[], b""));
}

#[divan::bench]
fn version(bencher: Bencher<'_, '_>) {
    bencher.bench(|| run(env!("CARGO_BIN_EXE_plimsoll"), &["--version"], b""));
}

#[divan::bench]
fn check_twelve_lines(bencher: Bencher<'_, '_>) {
    let arguments = ["check", "-", "--kind", "dockerfile", "--platform", "eas,modelarts"];
    bencher.bench(|| run(env!("CARGO_BIN_EXE_plimsoll"), &arguments, DOCKERFILE));
}
