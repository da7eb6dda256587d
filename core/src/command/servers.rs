//! The servers that we know: how each is started and where it listens. Data, with its sources.

/// How a server is started, and where it listens.
#[derive(Debug)]
pub struct Server {
    /// Its name for people.
    pub name: &'static str,
    /// Program names that start it.
    pub programs: &'static [&'static str],
    /// A word that must follow the program, such as `run` in `flask run`.
    pub subcommands: &'static [&'static str],
    /// Python modules that start it (`python -m`).
    pub modules: &'static [&'static str],
    /// Flags whose value is the port.
    pub port_flags: &'static [&'static str],
    /// Flags whose value is the host.
    pub host_flags: &'static [&'static str],
    /// Flags whose value is `host:port`.
    pub bind_flags: &'static [&'static str],
    /// The port, if nothing names one; `None` where only a configuration tells.
    pub port: Option<u16>,
    /// The host, if nothing names one; `None` where only a configuration tells.
    pub host: Option<&'static str>,
    /// A variable that gives the port, if no flag does.
    pub port_variable: &'static str,
    /// A variable that gives the host, if no flag does.
    pub host_variable: &'static str,
    /// Flags with which the defaults no longer hold (a configuration file, a socket).
    pub overriding: &'static [&'static str],
    /// Whether a bare number among the arguments is the port.
    pub positional_port: bool,
    /// Whether it speaks gRPC.
    pub is_grpc: bool,
    /// Where the defaults are documented.
    pub source: &'static str,
}

const NONE: Server = Server {
    name: "",
    programs: &[],
    subcommands: &[],
    modules: &[],
    port_flags: &[],
    host_flags: &[],
    bind_flags: &[],
    port: None,
    host: None,
    port_variable: "",
    host_variable: "",
    overriding: &[],
    positional_port: false,
    is_grpc: false,
    source: "",
};

/// The table, in the order of the documentation.
pub static SERVERS: &[Server] = &[
    Server {
        name: "gunicorn",
        programs: &["gunicorn"],
        modules: &["gunicorn", "gunicorn.app.wsgiapp"],
        bind_flags: &["-b", "--bind"],
        port: Some(8000),
        host: Some("127.0.0.1"),
        overriding: &["-c", "--config", "--paste"],
        source: "docs.gunicorn.org, Settings: bind",
        ..NONE
    },
    Server {
        name: "uvicorn",
        programs: &["uvicorn"],
        modules: &["uvicorn"],
        port_flags: &["--port"],
        host_flags: &["--host"],
        port: Some(8000),
        host: Some("127.0.0.1"),
        port_variable: "UVICORN_PORT",
        host_variable: "UVICORN_HOST",
        overriding: &["--uds", "--fd"],
        source: "www.uvicorn.org, Settings",
        ..NONE
    },
    Server {
        name: "hypercorn",
        programs: &["hypercorn"],
        modules: &["hypercorn"],
        bind_flags: &["-b", "--bind"],
        port: Some(8000),
        host: Some("127.0.0.1"),
        overriding: &["-c", "--config"],
        source: "hypercorn.readthedocs.io, Configuration options",
        ..NONE
    },
    Server {
        name: "daphne",
        programs: &["daphne"],
        modules: &["daphne"],
        port_flags: &["-p", "--port"],
        host_flags: &["-b", "--bind"],
        port: Some(8000),
        host: Some("127.0.0.1"),
        overriding: &["-u", "-e", "--endpoint", "--fd"],
        source: "github.com/django/daphne, README",
        ..NONE
    },
    Server {
        name: "waitress",
        programs: &["waitress-serve"],
        modules: &["waitress"],
        port_flags: &["--port"],
        host_flags: &["--host"],
        bind_flags: &["--listen"],
        port: Some(8080),
        host: Some("0.0.0.0"),
        overriding: &["--unix-socket"],
        source: "docs.pylonsproject.org/projects/waitress, waitress-serve",
        ..NONE
    },
    Server {
        name: "Flask",
        programs: &["flask"],
        subcommands: &["run"],
        modules: &["flask"],
        port_flags: &["-p", "--port"],
        host_flags: &["-h", "--host"],
        port: Some(5000),
        host: Some("127.0.0.1"),
        port_variable: "FLASK_RUN_PORT",
        host_variable: "FLASK_RUN_HOST",
        source: "flask.palletsprojects.com, Command Line Interface",
        ..NONE
    },
    Server {
        name: "FastAPI",
        programs: &["fastapi"],
        subcommands: &["run"],
        port_flags: &["--port"],
        host_flags: &["--host"],
        port: Some(8000),
        host: Some("0.0.0.0"),
        port_variable: "PORT",
        source: "fastapi.tiangolo.com, FastAPI CLI",
        ..NONE
    },
    Server {
        name: "FastAPI",
        programs: &["fastapi"],
        subcommands: &["dev"],
        port_flags: &["--port"],
        host_flags: &["--host"],
        port: Some(8000),
        host: Some("127.0.0.1"),
        port_variable: "PORT",
        source: "fastapi.tiangolo.com, FastAPI CLI",
        ..NONE
    },
    Server {
        name: "http.server",
        modules: &["http.server"],
        host_flags: &["-b", "--bind"],
        port: Some(8000),
        host: Some("0.0.0.0"),
        positional_port: true,
        source: "docs.python.org, http.server",
        ..NONE
    },
    Server {
        name: "vLLM",
        programs: &["vllm"],
        subcommands: &["serve"],
        modules: &["vllm.entrypoints.openai.api_server", "vllm.entrypoints.api_server"],
        port_flags: &["--port"],
        host_flags: &["--host"],
        port: Some(8000),
        host: Some("0.0.0.0"),
        overriding: &["--config", "--uds"],
        source: "docs.vllm.ai, vllm serve",
        ..NONE
    },
    Server {
        name: "SGLang",
        modules: &["sglang.launch_server"],
        port_flags: &["--port"],
        host_flags: &["--host"],
        port: Some(30000),
        host: Some("127.0.0.1"),
        overriding: &["--config"],
        source: "docs.sglang.ai, Server arguments",
        ..NONE
    },
    Server {
        name: "LMDeploy",
        programs: &["lmdeploy"],
        subcommands: &["serve"],
        port_flags: &["--server-port"],
        host_flags: &["--server-name"],
        port: Some(23333),
        host: Some("0.0.0.0"),
        source: "lmdeploy.readthedocs.io, api_server",
        ..NONE
    },
    Server {
        name: "text-generation-inference",
        programs: &["text-generation-launcher"],
        port_flags: &["-p", "--port"],
        host_flags: &["--hostname"],
        port: Some(3000),
        host: Some("0.0.0.0"),
        port_variable: "PORT",
        source: "huggingface.co/docs/text-generation-inference, Launcher arguments",
        ..NONE
    },
    Server {
        name: "Triton",
        programs: &["tritonserver"],
        port_flags: &["--http-port"],
        host_flags: &["--http-address"],
        port: Some(8000),
        host: Some("0.0.0.0"),
        source: "docs.nvidia.com/deeplearning/triton-inference-server",
        ..NONE
    },
    Server {
        name: "TorchServe",
        programs: &["torchserve"],
        // Its configuration, given by a flag, a variable or beside it, names the addresses.
        port: Some(8080),
        host: Some("127.0.0.1"),
        overriding: &["--ts-config", "--stop", "--version", "-v"],
        source: "pytorch.org/serve, Advanced configuration",
        ..NONE
    },
    Server {
        name: "TensorFlow Serving",
        programs: &["tensorflow_model_server"],
        port_flags: &["--rest_api_port", "--http_port"],
        host: Some("0.0.0.0"),
        source: "github.com/tensorflow/serving, main.cc",
        ..NONE
    },
    Server {
        name: "BentoML",
        programs: &["bentoml"],
        subcommands: &["serve", "serve-http"],
        port_flags: &["-p", "--port"],
        host_flags: &["--host"],
        port: Some(3000),
        host: Some("0.0.0.0"),
        port_variable: "BENTOML_PORT",
        source: "docs.bentoml.com, CLI",
        ..NONE
    },
    Server {
        name: "Streamlit",
        programs: &["streamlit"],
        subcommands: &["run"],
        modules: &["streamlit"],
        port_flags: &["--server.port"],
        host_flags: &["--server.address"],
        port: Some(8501),
        host: Some("0.0.0.0"),
        port_variable: "STREAMLIT_SERVER_PORT",
        host_variable: "STREAMLIT_SERVER_ADDRESS",
        source: "docs.streamlit.io, config.toml",
        ..NONE
    },
    Server {
        name: "Jupyter",
        programs: &["jupyter", "jupyter-lab", "jupyter-notebook"],
        modules: &["jupyter", "notebook", "jupyterlab"],
        port_flags: &["--port", "--ServerApp.port", "--NotebookApp.port"],
        host_flags: &["--ip", "--ServerApp.ip", "--NotebookApp.ip"],
        port: Some(8888),
        host: Some("127.0.0.1"),
        port_variable: "JUPYTER_PORT",
        overriding: &["--config"],
        source: "jupyter-server.readthedocs.io, Config file and command line options",
        ..NONE
    },
    Server {
        name: "Ollama",
        programs: &["ollama"],
        subcommands: &["serve"],
        port: Some(11434),
        host: Some("127.0.0.1"),
        host_variable: "OLLAMA_HOST",
        source: "github.com/ollama/ollama, docs/faq",
        ..NONE
    },
    Server {
        name: "llama.cpp",
        programs: &["llama-server"],
        port_flags: &["--port"],
        host_flags: &["--host"],
        port: Some(8080),
        host: Some("127.0.0.1"),
        port_variable: "LLAMA_ARG_PORT",
        host_variable: "LLAMA_ARG_HOST",
        source: "github.com/ggml-org/llama.cpp, tools/server",
        ..NONE
    },
    Server {
        name: "java",
        programs: &["java"],
        port_flags: &["--server.port", "-Dserver.port"],
        host_flags: &["--server.address", "-Dserver.address"],
        source: "docs.spring.io, Common Application Properties",
        ..NONE
    },
    Server {
        name: "nginx",
        programs: &["nginx", "openresty"],
        source: "its port is in a configuration file",
        ..NONE
    },
    Server {
        name: "httpd",
        programs: &["httpd", "apache2", "httpd-foreground", "apachectl", "apache2ctl"],
        source: "its port is in a configuration file",
        ..NONE
    },
    Server {
        name: "Caddy",
        programs: &["caddy"],
        source: "its port is in a configuration file",
        ..NONE
    },
    Server {
        name: "uWSGI",
        programs: &["uwsgi"],
        bind_flags: &["--http", "--http-socket", "--https"],
        source: "uwsgi-docs.readthedocs.io",
        ..NONE
    },
    Server {
        name: "PHP",
        programs: &["php"],
        bind_flags: &["-S"],
        source: "www.php.net, Built-in web server",
        ..NONE
    },
    Server {
        name: "Node.js",
        programs: &["node", "nodejs", "npm", "yarn", "pnpm", "npx", "bun", "deno"],
        source: "its port is in the code",
        ..NONE
    },
];

/// Flags that mean the service's port whatever the program is.
pub(super) const PORT_FLAGS: &[&str] = &[
    "--port",
    "--server_port",
    "--server-port",
    "--http-port",
    "--http_port",
    "--listen-port",
    "--listen_port",
    "--serving-port",
    "--rest-port",
    "--web-port",
];

/// Flags that mean the service's host whatever the program is.
pub(super) const HOST_FLAGS: &[&str] =
    &["--host", "--hostname", "--server_name", "--server-name", "--listen-host", "--address"];

/// Flags that mean `host:port`, or a host alone, whatever the program is.
pub(super) const BIND_FLAGS: &[&str] = &["--listen", "--bind"];

/// Flags with the path of a log file.
pub(super) const LOG_FLAGS: &[&str] = &[
    "--error-logfile",
    "--access-logfile",
    "--log-file",
    "--errorlog",
    "--accesslog",
    "--error-log",
    "--access-log-file",
    "--logfile",
];

/// Flags whose presence means that the server itself speaks TLS.
pub(super) const TLS_FLAGS: &[&str] =
    &["--certfile", "--ssl-certfile", "--keyfile", "--ssl-keyfile", "--cert"];
