//! Pipes, FIFOs, devices and sockets: read once as what they are, and nothing ever hangs.
#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const DOCKERFILE: &str = "FROM debian:12\nRUN apt update\n";
const FIXED: &str = "FROM debian:12\nRUN apt-get update && rm -rf /var/lib/apt/lists/*\n";

/// An empty folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("plimsoll-pipe-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
}

/// Runs `command` in `folder`; it has to end by itself.
fn run(folder: &Path, command: &mut Command, input: &[u8]) -> Output {
    let mut child = command
        .current_dir(folder)
        .env("LC_ALL", "C")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_vec();
    let writer = thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let begun = Instant::now();
    while child.try_wait().expect("it can be waited for").is_none() {
        if begun.elapsed() > Duration::from_secs(60) {
            let _ = child.kill();
            panic!("{command:?} hangs");
        }
        thread::sleep(Duration::from_millis(5));
    }
    let _ = writer.join();
    child.wait_with_output().expect("it ended")
}

fn plimsoll(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    run(folder, Command::new(env!("CARGO_BIN_EXE_plimsoll")).args(arguments), input)
}

/// The same by way of bash, for `<(…)`.
fn bash(folder: &Path, line: &str) -> Output {
    let line = line.replace("plimsoll", env!("CARGO_BIN_EXE_plimsoll"));
    run(folder, Command::new("bash").args(["-c", &line]), b"")
}

fn out(run: &Output) -> String {
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn errors(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

/// Runs while something else writes `text` to the FIFO `pipe`.
fn with_fifo(folder: &Path, arguments: &[&str], text: &[u8]) -> Output {
    let pipe = folder.join("pipe");
    let _ = fs::remove_file(&pipe);
    fifo(&pipe);
    let text = text.to_vec();
    let writer = thread::spawn(move || {
        // A reader that goes away early is none of ours.
        let _ =
            fs::OpenOptions::new().write(true).open(pipe).and_then(|mut to| to.write_all(&text));
    });
    let run = plimsoll(folder, arguments, b"");
    writer.join().expect("it was written");
    run
}

#[test]
fn a_pipe_is_read_as_what_it_is() {
    let folder = folder("read");
    fs::write(folder.join("D"), DOCKERFILE).unwrap();
    let told = "dockerfile/no-apt";
    for arguments in [
        &["check", "/dev/stdin"][..],
        &["check", "-"],
        &["check", "/dev/fd/0", "--kind", "dockerfile"],
        &["check", "/proc/self/fd/0"],
    ] {
        let run = plimsoll(&folder, arguments, DOCKERFILE.as_bytes());
        assert!(out(&run).contains(told), "{arguments:?}: {}", errors(&run));
    }
    for line in [
        "plimsoll check <(cat D)",
        "plimsoll check --kind dockerfile <(cat D)",
        "plimsoll check <(cat D) <(printf 'FROM a:1\\n')",
        "cat D | plimsoll check /dev/stdin",
        "plimsoll check /dev/stdin < D",
        "(head -c 5 D; sleep 0.2; tail -c +6 D) | plimsoll check /dev/stdin",
    ] {
        let run = bash(&folder, line);
        assert!(out(&run).contains(told), "{line}: {}", errors(&run));
    }
    for arguments in [&["check", "pipe"][..], &["check", "pipe", "pipe"], &["check", "./pipe"]] {
        let run = with_fifo(&folder, arguments, DOCKERFILE.as_bytes());
        assert!(out(&run).contains(told), "{arguments:?}: {}", errors(&run));
    }
    let service = br#"{"metadata":{"name":"a"},"containers":[{"image":"x","port":8080}]}"#;
    let run = with_fifo(&folder, &["check", "pipe", "--format", "json"], service);
    assert!(out(&run).contains("\"eas-service\""), "{}", out(&run));
}

#[test]
fn an_archive_on_a_pipe_is_told() {
    let folder = folder("archive");
    let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2];
    let mut tar = vec![0_u8; 1024];
    tar[..1].copy_from_slice(b"a");
    tar[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = tar[..512].iter().map(|&byte| u32::from(byte)).sum::<u32>() + 8 * 32;
    tar[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    for archive in [&gzip[..], &tar] {
        for arguments in [
            &["check", "pipe"][..],
            &["check", "pipe", "--kind", "image"],
            &["image", "inspect", "pipe"],
        ] {
            let run = if arguments.contains(&"image") {
                // Nothing is read there.
                let _ = fs::remove_file(folder.join("pipe"));
                fifo(&folder.join("pipe"));
                plimsoll(&folder, arguments, b"")
            } else {
                with_fifo(&folder, arguments, archive)
            };
            assert_eq!(run.status.code(), Some(2), "{arguments:?}");
            assert!(errors(&run).contains("from a file, not from a pipe"), "{}", errors(&run));
        }
        let run = plimsoll(&folder, &["check", "-"], archive);
        assert!(errors(&run).contains("cannot be read from standard input"), "{}", errors(&run));
    }
}

#[test]
fn what_cannot_be_a_document_is_refused_and_ends() {
    let folder = folder("refused");
    let _listener = UnixListener::bind(folder.join("socket")).unwrap();
    for (path, words) in [
        ("/dev/zero", "larger than the 16 MiB"),
        ("/dev/null", "tells what kind"),
        ("socket", "this is a socket"),
    ] {
        let run = plimsoll(&folder, &["check", path], b"");
        assert_eq!(run.status.code(), Some(2), "{path}");
        assert!(errors(&run).contains(words), "{path}: {}", errors(&run));
    }
    let large = vec![b'#'; 17 << 20];
    let run = plimsoll(&folder, &["check", "-", "--kind", "shell"], &large);
    assert!(errors(&run).contains("larger than the 16 MiB"), "{}", errors(&run));
    assert!(out(&run).is_empty() && run.status.code() == Some(2), "{}", out(&run));
}

#[test]
fn a_walk_opens_nothing_but_files() {
    let folder = folder("walk");
    for name in ["Dockerfile", "service.json", "run.sh", "image.tar", ".dockerignore", "x.yaml"] {
        fifo(&folder.join(name));
    }
    fs::create_dir(folder.join("a")).unwrap();
    std::os::unix::fs::symlink("../Dockerfile", folder.join("a/Dockerfile")).unwrap();
    fs::write(folder.join("a/x.dockerfile"), DOCKERFILE).unwrap();
    fifo(&folder.join("a/.dockerignore"));
    fifo(&folder.join("a/x.dockerfile.dockerignore"));
    for arguments in [&["check", "."][..], &["check", "a/x.dockerfile"], &["fix", "--diff", "."]] {
        let run = plimsoll(&folder, arguments, b"");
        assert!(out(&run).contains("apt"), "{arguments:?}: {}", errors(&run));
    }
    let layout = folder.join("layout");
    fs::create_dir_all(layout.join("blobs/sha256")).unwrap();
    fs::write(layout.join("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}").unwrap();
    fs::write(layout.join("index.json"), "{\"schemaVersion\":2,\"manifests\":[]}").unwrap();
    fifo(&layout.join("blobs/sha256/abc"));
    assert_eq!(plimsoll(&folder, &["image", "inspect", "layout"], b"").status.code(), Some(2));
}

#[test]
fn init_neither_reads_nor_writes_a_fifo() {
    let folder = folder("init");
    fifo(&folder.join("Dockerfile"));
    fifo(&folder.join("service.json"));
    for arguments in [&["init", "eas"][..], &["init", "eas", "--force"]] {
        let run = plimsoll(&folder, arguments, b"");
        assert_eq!(run.status.code(), Some(2), "{arguments:?}: {}", out(&run));
        assert!(errors(&run).contains("is not overwritten"), "{}", errors(&run));
    }
    fs::remove_file(folder.join("service.json")).unwrap();
    std::os::unix::fs::symlink("elsewhere.json", folder.join("service.json")).unwrap();
    assert_eq!(plimsoll(&folder, &["init", "eas", "--force"], b"").status.code(), Some(2));
    assert!(!folder.join("elsewhere.json").exists());
    fs::remove_file(folder.join("service.json")).unwrap();
    assert_eq!(plimsoll(&folder, &["init", "eas"], b"").status.code(), Some(0));
}

#[test]
fn a_fix_of_a_pipe_goes_to_standard_output() {
    let folder = folder("fix");
    let run = with_fifo(&folder, &["fix", "pipe"], DOCKERFILE.as_bytes());
    assert_eq!((out(&run), run.status.code()), (FIXED.to_owned(), Some(0)), "{}", errors(&run));
    let piped = plimsoll(&folder, &["fix", "/dev/stdin"], DOCKERFILE.as_bytes());
    assert_eq!(out(&piped), FIXED);
    let diff = with_fifo(&folder, &["fix", "--diff", "pipe"], DOCKERFILE.as_bytes());
    assert!(out(&diff).contains("+RUN apt-get update"), "{}", out(&diff));
}

#[test]
fn a_credential_is_decoded_from_a_pipe() {
    let folder = folder("auth");
    let run = with_fifo(&folder, &["auth", "decode", "pipe"], b"YWI6Y2Q=\n");
    assert!(out(&run).contains("username: ab\n"), "{}", errors(&run));
    let run = plimsoll(&folder, &["auth", "decode", "/dev/stdin"], b"YWI6Y2Q=\n");
    assert!(out(&run).contains("username: ab\n"), "{}", errors(&run));
}

#[test]
fn what_comes_by_a_pipe_has_the_configuration_of_the_current_folder() {
    let folder = folder("config");
    fs::write(folder.join("plimsoll.toml"), "ignore = ['DL3027']\n").unwrap();
    fs::write(folder.join("D"), DOCKERFILE).unwrap();
    for line in ["plimsoll check <(cat D)", "cat D | plimsoll check /dev/stdin"] {
        assert!(!out(&bash(&folder, line)).contains("no-apt"), "{line}");
    }
}
