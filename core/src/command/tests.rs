//! Command lines and what they start.

use super::*;

/// Server, host and port of each socket, with the letters where the port is said.
fn sockets(source: &str) -> Vec<String> {
    sockets_in(source, &[])
}

fn sockets_in(source: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let environment = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| *value)
    };
    let launches = of_shell(&MappedText::verbatim(source, 0), &environment);
    let show = |launch: &Launch, listen: &Listen| {
        let name = launch.server.map_or(launch.program_name.as_str(), |server| server.name);
        let host = listen.host.as_ref().map_or("?", |host| host.value.as_str());
        match &listen.port {
            None => format!("{name} {host}:?"),
            Some(port) => {
                format!("{name} {host}:{} at {}", port.value, &source[port.span.range()])
            }
        }
    };
    launches
        .iter()
        .flat_map(|launch| launch.listens.iter().map(move |listen| show(launch, listen)))
        .collect()
}

#[test]
fn servers_are_known_by_their_command_lines() {
    let cases: &[(&str, &[&str])] = &[
        ("gunicorn -w 4 -b 0.0.0.0:8000 app:app", &["gunicorn 0.0.0.0:8000 at 8000"]),
        ("gunicorn --bind=:9090 app", &["gunicorn 0.0.0.0:9090 at 9090"]),
        ("gunicorn -b127.0.0.1:80 app", &["gunicorn 127.0.0.1:80 at 80"]),
        ("gunicorn -b [::]:8000 app", &["gunicorn :::8000 at 8000"]),
        ("gunicorn -b unix:/run/a.sock app", &[]),
        ("gunicorn app", &["gunicorn 127.0.0.1:8000 at gunicorn"]),
        ("gunicorn -c conf.py app", &["gunicorn ?:?"]),
        ("gunicorn -b 0.0.0.0:$PORT app", &["gunicorn ?:?"]),
        ("uvicorn a:b --host 0.0.0.0 --port 8000", &["uvicorn 0.0.0.0:8000 at 8000"]),
        ("uvicorn a:b", &["uvicorn 127.0.0.1:8000 at uvicorn"]),
        ("uvicorn a:b --port $P", &["uvicorn ?:?"]),
        ("python3 -u -m uvicorn a:b --port=80", &["uvicorn 127.0.0.1:80 at 80"]),
        ("hypercorn a:b --bind 0.0.0.0:8080", &["hypercorn 0.0.0.0:8080 at 8080"]),
        ("waitress-serve --listen=*:8041 a:b", &["waitress *:8041 at 8041"]),
        ("waitress-serve --port=8041 a:b", &["waitress 0.0.0.0:8041 at 8041"]),
        ("flask --app x run -p 80 -h 0.0.0.0", &["Flask 0.0.0.0:80 at 80"]),
        ("flask run", &["Flask 127.0.0.1:5000 at flask"]),
        ("python -m http.server 9000", &["http.server 0.0.0.0:9000 at 9000"]),
        ("vllm serve /model --port 8080", &["vLLM 0.0.0.0:8080 at 8080"]),
        (
            "python -m vllm.entrypoints.openai.api_server --model m",
            &["vLLM 0.0.0.0:8000 at vllm.entrypoints.openai.api_server"],
        ),
        ("tritonserver --http-port=8080 --metrics-port=9090", &["Triton 0.0.0.0:8080 at 8080"]),
        ("torchserve --start --ts-config x", &["TorchServe ?:?"]),
        ("torchserve --start", &["TorchServe 127.0.0.1:8080 at torchserve"]),
        (
            "tensorflow_model_server --port=8500 --rest_api_port=8501",
            &["TensorFlow Serving 0.0.0.0:8501 at 8501"],
        ),
        ("java -jar a.jar --server.port=8080", &["java ?:8080 at 8080"]),
        ("java -Dserver.port=8080 -jar a.jar", &["java ?:8080 at 8080"]),
        ("java -jar a.jar", &[]),
        ("nginx -g 'daemon off;'", &[]),
        ("npm start", &[]),
        ("node server.js --port 80", &[]),
        ("python app.py --port 8000", &["app.py ?:8000 at 8000"]),
        ("python app.py --server_port=8000", &["app.py ?:8000 at 8000"]),
        ("python webui.py --listen=0.0.0.0 --port=80", &["webui.py 0.0.0.0:80 at 80"]),
        ("./serve --host 127.0.0.1 --port 9", &["serve 127.0.0.1:9 at 9"]),
    ];
    for (source, expected) in cases {
        assert_eq!(sockets(source), *expected, "{source}");
    }
}

#[test]
fn other_ports_are_no_service_ports() {
    for source in [
        "torchrun --master_port=12345 train.py",
        "python train.py --dist-init-addr 10.0.0.1:20000",
        "python x.py --metrics-port 9090 --nccl-port 8080",
        "mysql --host db.example.com -P 3306",
        "sleep 8080",
        "curl http://localhost:8080/",
        "grep -p 8080",
    ] {
        assert_eq!(sockets(source), [""; 0], "{source}");
    }
}

#[test]
fn wrappers_are_taken_off() {
    for source in [
        "exec gunicorn -b :8000 a",
        "sh -c 'gunicorn -b :8000 a'",
        "bash -lc \"exec gunicorn -b :8000 a\"",
        "env A=b gunicorn -b :8000 a",
        "A=b nohup gunicorn -b :8000 a &",
        "tini -- gunicorn -b :8000 a",
        "timeout -s KILL 60 gunicorn -b :8000 a",
        "gosu user gunicorn -b :8000 a",
        "conda run -n x --no-capture-output gunicorn -b :8000 a",
        "uv run gunicorn -b :8000 a",
        "cd /app && /usr/local/bin/gunicorn -b :8000 a",
    ] {
        assert_eq!(sockets(source), ["gunicorn 0.0.0.0:8000 at 8000"], "{source}");
    }
}

#[test]
fn variables_with_known_values_count() {
    assert_eq!(sockets("P=9090; gunicorn -b 0.0.0.0:$P a"), ["gunicorn 0.0.0.0:9090 at $P"]);
    assert_eq!(
        sockets("export P=9090\nuvicorn a:b --port ${P:-8000}"),
        ["uvicorn 127.0.0.1:9090 at ${P:-8000}"]
    );
    assert_eq!(sockets("uvicorn a:b --port ${P:-8000}"), ["uvicorn 127.0.0.1:8000 at ${P:-8000}"]);
    assert_eq!(
        sockets_in("uvicorn a:b", &[("UVICORN_PORT", "90")]),
        ["uvicorn 127.0.0.1:90 at uvicorn"]
    );
    assert_eq!(sockets_in("gunicorn a", &[("PORT", "90")]), ["gunicorn 0.0.0.0:90 at gunicorn"]);
    assert_eq!(sockets("if x; then P=1; fi; uvicorn a --port $P"), ["uvicorn ?:?"]);
}

#[test]
fn a_shell_that_stays_is_told_from_one_that_is_replaced() {
    let parent = |source: &str| {
        let launches = of_shell(&MappedText::verbatim(source, 0), &|_| None);
        launches.last().unwrap().has_shell_parent
    };
    assert!(parent("cd /app && gunicorn a"));
    assert!(!parent("cd /app && exec gunicorn a"));
    let words = ["sh", "-c", "gunicorn a"].map(|word| MappedText::verbatim(word, 0));
    assert!(!of_exec(&words, &|_| None)[0].has_shell_parent);
}

#[test]
fn logs_keep_alive_and_workers_are_read() {
    let source = "gunicorn -k gevent --keep-alive 200 --error-logfile /var/log/g.log --access-logfile - a > out.log 2>&1";
    let launch = of_shell(&MappedText::verbatim(source, 0), &|_| None).remove(0);
    assert_eq!(launch.keep_alive.unwrap().value, 200);
    assert_eq!(launch.worker_class.unwrap().value, "gevent");
    let files: Vec<&str> = launch.log_files.iter().map(|span| &source[span.range()]).collect();
    assert_eq!(files, ["/var/log/g.log", "out.log"]);
}

#[test]
fn what_is_in_doubt_is_not_known() {
    let cases: &[(&str, &[&str])] = &[
        // The shell splits the value into words that we do not look into.
        ("ARGS=\"--host 0.0.0.0 --port 8000\"; uvicorn a:b $ARGS", &["uvicorn ?:?"]),
        ("gunicorn --version", &[]),
        ("uvicorn --help", &[]),
        ("vllm bench serve --port 8000", &[]),
        ("vllm serve m --port 8000", &["vLLM 0.0.0.0:8000 at 8000"]),
        ("flask --debug run --port 80", &["Flask 127.0.0.1:80 at 80"]),
        ("(P=1); uvicorn a --host 0.0.0.0 --port ${P:-5}", &["uvicorn 0.0.0.0:5 at ${P:-5}"]),
        ("read P; uvicorn a --host 0.0.0.0 --port $P", &["uvicorn 0.0.0.0:?"]),
    ];
    for (source, expected) in cases {
        let found = sockets(source);
        assert_eq!(found, *expected, "{source}");
    }
}

#[test]
fn clients_are_no_servers() {
    for source in [
        "mysql --host 127.0.0.1 --port 3306",
        "redis-cli --port 6379",
        "echo uvicorn --port 80",
        "wait-for-it.sh --host 127.0.0.1 --port 80",
    ] {
        assert_eq!(sockets(source), [""; 0], "{source}");
    }
}

#[test]
fn a_function_counts_where_it_is_called() {
    assert_eq!(sockets("f() { uvicorn a --port 80; }"), [""; 0]);
    assert_eq!(sockets("f() { uvicorn a --port 80; }\nf"), ["uvicorn 127.0.0.1:80 at 80"]);
    assert_eq!(
        sockets("f() { uvicorn a --port 80; }\ntrap f TERM"),
        ["uvicorn 127.0.0.1:80 at 80"]
    );
}

/// `A0=12; A1=$A0$A0; …`: each line doubles the value.
fn doubled(times: usize) -> String {
    let lines = (1..=times).map(|at| format!("A{at}=$A{before}$A{before}\n", before = at - 1));
    format!("A0=12\n{}", lines.collect::<String>())
}

#[test]
fn a_value_that_grows_past_the_budget_is_unknown() {
    let small = format!("{}uvicorn a --host 0.0.0.0 --port $A1", doubled(1));
    assert_eq!(sockets(&small), ["uvicorn 0.0.0.0:1212 at $A1"]);
    for times in [16, 24, 60] {
        let large = format!("{}uvicorn a --host 0.0.0.0 --port $A{times}", doubled(times));
        assert_eq!(sockets(&large), ["uvicorn 0.0.0.0:?"], "{times}");
        // In `sh -c`, in an export, and before the command, too.
        let inner = format!("sh -c '{large}'");
        assert_eq!(sockets(&inner), ["uvicorn 0.0.0.0:?"], "{times}");
        let exported = large.replace("\nA", "\nexport A");
        assert_eq!(sockets(&exported), ["uvicorn 0.0.0.0:?"], "{times}");
    }
}

#[test]
fn the_values_of_one_script_are_bounded_together() {
    // Each word brings 32 KiB, which one value may.
    let source = format!("{}{}", doubled(14), "serve $A14\n".repeat(1_000));
    let launches = of_shell(&MappedText::verbatim(&source, 0), &|_| None);
    let known = launches
        .iter()
        .flat_map(|launch| &launch.arguments)
        .filter_map(|argument| argument.value.as_ref().map(|value| value.text().len()));
    let bytes: usize = known.sum();
    assert!((1 << 21..1 << 22).contains(&bytes), "{bytes}");
}
