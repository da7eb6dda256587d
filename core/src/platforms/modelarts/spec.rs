//! What ModelArts demands and promises: each fact once, with its source. `static`, never `const`:
//! a citation is told from another by its address.

use crate::fact::{Certainty, Citation, Fact, Publication};
use crate::text::{Text, text};

static IMAGE_SPECIFICATIONS: Publication = Publication {
    title: "Custom Image Specifications for Creating a Model",
    url: "https://docs.otc.t-systems.com/modelarts/umn/using_custom_images/using_a_custom_image_to_create_models/custom_image_specifications_for_creating_a_model.html",
    date: "2025-08",
};

static HUAWEI_IMAGE_SPECIFICATIONS: Publication = Publication {
    title: "ModelArts: specifications for custom images used to create models",
    url: "https://support.huaweicloud.com/usermanual-standard-modelarts/modelarts_23_0219.html",
    date: "2026-02",
};

static SWR_PUSH: Publication = Publication {
    title: "SWR FAQs: image push",
    url: "https://docs.otc.t-systems.com/software-repository-container/umn/faqs/image_push.html",
    date: "",
};

static REGISTER_IMAGE: Publication = Publication {
    title: "Registering a Custom Image",
    url: "https://docs.otc.t-systems.com/modelarts/api-ref/development_environment_management/registering_a_custom_image.html",
    date: "2025-08",
};

static OLD_IMAGE_SPECIFICATIONS: Publication = Publication {
    title: "Specifications for Custom Images Used for Importing Models",
    url: "https://docs.otc.t-systems.com/modelarts/umn/custom_images/for_importing_models/specifications_for_custom_images_used_for_importing_models.html",
    date: "2022-03",
};

static CONFIGURATION_FILE: Publication = Publication {
    title: "Specifications for Editing a Model Configuration File",
    url: "https://docs.otc.t-systems.com/modelarts/umn/inference_deployment/inference_specifications/model_package_specifications/specifications_for_editing_a_model_configuration_file.html",
    date: "2025-08-26",
};

static MODEL_API: Publication = Publication {
    title: "Obtaining Details About an AI Application",
    url: "https://docs.otc.t-systems.com/modelarts/api-ref/ai_application_management/obtaining_details_about_an_ai_application.html",
    date: "2025-08",
};

static SERVICE_API: Publication = Publication {
    title: "Deploying Services",
    url: "https://docs.otc.t-systems.com/modelarts/api-ref/service_management/deploying_services.html",
    date: "2025-08",
};

static CONTAINER_IMPORT: Publication = Publication {
    title: "Importing a Meta Model from a Container Image",
    url: "https://docs.otc.t-systems.com/modelarts/umn/inference_deployment/managing_modelarts_models/creating_a_model/importing_a_meta_model_from_a_container_image.html",
    date: "2025-08",
};

static MODEL_EVENTS: Publication = Publication {
    title: "What Are the Events and Their Types for a Model?",
    url: "https://docs.otc.t-systems.com/modelarts/umn/faqs/model_management/importing_models/what_are_the_events_and_their_types_for_a_model.html",
    date: "2025-08",
};

static IMAGE_EXAMPLE: Publication = Publication {
    title: "Deploying a Model Created Using a Custom Image as a Service",
    url: "https://docs.otc.t-systems.com/modelarts/umn/using_custom_images/using_a_custom_image_to_create_models/deploying_a_model_created_using_a_custom_image_as_a_service.html",
    date: "2025-08",
};

static TRAINING_IMAGE: Publication = Publication {
    title: "Specifications for Custom Images Used for Training Jobs",
    url: "https://docs.otc.t-systems.com/modelarts/umn/using_custom_images/using_a_custom_image_to_train_models_new-version_training/specifications_for_custom_images_used_for_training_jobs.html",
    date: "2025-08",
};

static CUSTOM_ENGINE: Publication = Publication {
    title: "Specifications for Using a Custom Engine to Create a Model",
    url: "https://support.huaweicloud.com/intl/en-us/usermanual-standard-modelarts/inference-modelarts-0128.html",
    date: "",
};

static NOTEBOOK_IMAGE: Publication = Publication {
    title: "ModelArts notebooks: the user that runs an image",
    url: "https://support.huaweicloud.com/drawer-modelarts/ma_drawer_124.html",
    date: "2026-01",
};

static ERROR_CODES: Publication = Publication {
    title: "ModelArts error codes",
    url: "https://github.com/huaweicloudDocs/modelarts",
    date: "2021",
};

static SWR_API: Publication = Publication {
    title: "SWR API: Creating an Organization",
    url: "https://support.huaweicloud.com/api-swr/swr_02_0026.html",
    date: "",
};

static SWR_TERRAFORM: Publication = Publication {
    title: "Terraform: huaweicloud_swr_repository",
    url: "https://github.com/huaweicloud/terraform-provider-huaweicloud/blob/master/docs/resources/swr_repository.md",
    date: "2026-08-21",
};

static REAL_TIME: Publication = Publication {
    title: "Deploying as a Real-Time Service",
    url: "https://docs.otc.t-systems.com/modelarts/umn/inference_deployment/deploying_a_model_as_real-time_services/deploying_as_a_real-time_service.html",
    date: "2025-08",
};

static POSIX_SHELL: Publication = Publication {
    title: "POSIX.1-2024: Shell Command Language",
    url: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html",
    date: "2024",
};

static JSON_STANDARD: Publication = Publication {
    title: "RFC 8259: The JavaScript Object Notation (JSON) Data Interchange Format",
    url: "https://www.rfc-editor.org/rfc/rfc8259",
    date: "2017-12",
};

static JSON_SCHEMA: Publication = Publication {
    title: "JSON Schema Validation",
    url: "https://json-schema.org/draft/2020-12/json-schema-validation",
    date: "2022-06",
};

static POD_TERMINATION: Publication = Publication {
    title: "Kubernetes documentation, Pod lifecycle: termination of Pods",
    url: "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/",
    date: "",
};

static DOCKERFILE_REFERENCE: Publication = Publication {
    title: "Dockerfile reference",
    url: "https://docs.docker.com/reference/dockerfile/",
    date: "",
};

static GUNICORN: Publication = Publication {
    title: "gunicorn: settings",
    url: "https://docs.gunicorn.org/en/stable/settings.html",
    date: "",
};

static DEBIAN_USERS: Publication = Publication {
    title: "Debian: users and groups in the base system",
    url: "https://www.debian.org/doc/debian-policy/ch-opersys.html#uid-and-gid-classes",
    date: "",
};

/// A citation that something else than a value rests on.
const fn cite(publication: &'static Publication, says: Text, certainty: Certainty) -> Citation {
    Citation { publication, says, certainty }
}

/// The port that requests are forwarded to.
pub static SERVICE_PORT: Fact<u16> = Fact {
    value: 8080,
    source: cite(
        &IMAGE_SPECIFICATIONS,
        text(
            "the external service port of the image must be 8080",
            "镜像的对外服务端口必须为 8080",
        ),
        Certainty::Documented,
    ),
};

/// The most gigabytes of an image on Open Telekom Cloud and on Huawei Cloud's European sites.
pub static MOST_IMAGE_GB: Fact<u64> = Fact {
    value: 30,
    source: cite(
        &IMAGE_SPECIFICATIONS,
        text(
            "an image has at most 30 GB; whether packed or unpacked, and which GB, is not said",
            "镜像大小不超过 30 GB；未说明按压缩前还是压缩后计算，也未说明 GB 的定义",
        ),
        Certainty::Documented,
    ),
};

/// The most gigabytes of an image on Huawei Cloud.
pub static MOST_IMAGE_GB_HUAWEI: Fact<u64> = Fact {
    value: 50,
    source: cite(
        &HUAWEI_IMAGE_SPECIFICATIONS,
        text(
            "on Huawei Cloud an image has at most 50 GB since 2024-06; it was 10 GB before, and 30 GB in Europe",
            "华为云自 2024-06 起镜像大小不超过 50 GB；此前为 10 GB，欧洲站为 30 GB",
        ),
        Certainty::Documented,
    ),
};

/// The gigabytes below which an image of training jobs should stay.
pub static GOOD_TRAINING_GB: Fact<u64> = Fact {
    value: 15,
    source: cite(
        &TRAINING_IMAGE,
        text(
            "a training image has at most 30 GB; 15 GB at most are recommended",
            "训练镜像不超过 30 GB，建议不超过 15 GB",
        ),
        Certainty::Documented,
    ),
};

/// The most gigabytes of one layer that a container engine pushes to SWR.
pub static MOST_LAYER_GB: Fact<u64> = Fact {
    value: 10,
    source: cite(
        &SWR_PUSH,
        text(
            "a layer that is pushed with a container engine has at most 10 GB",
            "使用容器引擎推送的单个镜像层不超过 10 GB",
        ),
        Certainty::Documented,
    ),
};

/// The architectures that a registered image may have, as images spell them.
pub static ARCHITECTURES: Fact<&[&str]> = Fact {
    value: &["amd64", "arm64"],
    source: cite(
        &REGISTER_IMAGE,
        text(
            "a registered image is X86_64, the default, or AARCH64",
            "注册镜像的架构为 X86_64（默认）或 AARCH64",
        ),
        Certainty::Documented,
    ),
};

/// The engines of `model_type`, as they are spelt.
pub static MODEL_TYPES: Fact<&[&str]> = Fact {
    value: &[
        "Image",
        "TensorFlow",
        "PyTorch",
        "MindSpore",
        "MXNet",
        "Caffe",
        "Spark_MLlib",
        "Scikit_Learn",
        "XGBoost",
    ],
    source: cite(
        &CONFIGURATION_FILE,
        text(
            "model_type names the engine: TensorFlow, MindSpore, PyTorch, Image; older editions also MXNet, Caffe, Spark_MLlib, Scikit_Learn, XGBoost",
            "model_type 为引擎名称：TensorFlow、MindSpore、PyTorch、Image；旧版还有 MXNet、Caffe、Spark_MLlib、Scikit_Learn、XGBoost",
        ),
        Certainty::Documented,
    ),
};

/// The most characters of `model_algorithm`.
pub static ALGORITHM_LENGTH: Fact<usize> = Fact {
    value: 36,
    source: cite(
        &CONFIGURATION_FILE,
        text(
            "model_algorithm begins with a letter, has at most 36 characters and none of & ! ' \\ \" < > =",
            "model_algorithm 以字母开头，不超过 36 个字符，不能包含 & ! ' \\ \" < > =",
        ),
        Certainty::Documented,
    ),
};

/// The decimals of a metric that are kept.
pub static METRIC_DECIMALS: Fact<usize> = Fact {
    value: 17,
    source: cite(
        &CONFIGURATION_FILE,
        text("metrics keep 17 decimal places", "metrics 保留 17 位小数"),
        Certainty::Documented,
    ),
};

/// The metrics that there are.
pub static METRICS: Fact<&[&str]> = Fact {
    value: &["f1", "recall", "precision", "accuracy"],
    source: cite(
        &CONFIGURATION_FILE,
        text(
            "metrics has f1, recall, precision and accuracy, each a number",
            "metrics 包含 f1、recall、precision、accuracy，均为数字",
        ),
        Certainty::Documented,
    ),
};

/// Values of `restraint`.
pub static RESTRAINTS: Fact<&[&str]> = Fact {
    value: &["EXACT", "ATLEAST", "ATMOST"],
    source: cite(
        &CONFIGURATION_FILE,
        text(
            "restraint is EXACT, ATLEAST or ATMOST, and needed where package_version is given",
            "restraint 取值为 EXACT、ATLEAST 或 ATMOST；给出 package_version 时必填",
        ),
        Certainty::Documented,
    ),
};

/// Media types of a request.
pub static REQUEST_TYPES: Fact<&[&str]> = Fact {
    value: &["application/json", "multipart/form-data"],
    source: cite(
        &CONFIGURATION_FILE,
        text(
            "the Content-type of a request is application/json or multipart/form-data",
            "请求的 Content-type 为 application/json 或 multipart/form-data",
        ),
        Certainty::Documented,
    ),
};

/// The keep-alive that the platform's gateway wants.
pub static KEEP_ALIVE: Fact<u32> = Fact {
    value: 200,
    source: cite(
        &IMAGE_SPECIFICATIONS,
        text(
            "HTTP keep-alive should be 200; gunicorn needs gevent and `--keep-alive 200 -k gevent`",
            "HTTP keep-alive 建议为 200；gunicorn 需要 gevent 并使用 `--keep-alive 200 -k gevent`",
        ),
        Certainty::Documented,
    ),
};

/// How long a handler of SIGTERM waits: at least and at most.
pub static TERM_WAIT: Fact<(u32, u32)> = Fact {
    value: (60, 90),
    source: cite(
        &IMAGE_SPECIFICATIONS,
        text(
            "on SIGTERM the service goes on for 60 seconds; all requests must be done within 90",
            "收到 SIGTERM 后等待 60 秒再停止；处理完所有请求不超过 90 秒",
        ),
        Certainty::Documented,
    ),
};

/// Where a batch service's script stands.
pub static RUN_SH: Fact<&str> = Fact {
    value: "/home/run.sh",
    source: cite(
        &IMAGE_SPECIFICATIONS,
        text(
            "for a batch service the boot file is /home/run.sh, and CMD starts it",
            "批量服务的启动文件为 /home/run.sh，并用 CMD 设置默认启动路径",
        ),
        Certainty::Documented,
    ),
};

/// The greatest number of seconds that a health check takes.
pub static HEALTH_MOST: Fact<i64> = Fact {
    value: 2_147_483_647,
    source: cite(
        &CONTAINER_IMPORT,
        text(
            "the numbers of a health check are whole, up to 2147483647",
            "健康检查的数值为整数，最大 2147483647",
        ),
        Certainty::Documented,
    ),
};

/// The user that training jobs, notebooks and custom engines run as.
pub static RUN_AS_UID: Fact<u32> = Fact {
    value: 1000,
    source: cite(
        &CUSTOM_ENGINE,
        text("ma-user has uid 1000", "ma-user 的 uid 为 1000"),
        Certainty::Documented,
    ),
};

/// Its group.
pub static RUN_AS_GID: Fact<u32> = Fact {
    value: 100,
    source: cite(
        &CUSTOM_ENGINE,
        text("ma-group has gid 100", "ma-group 的 gid 为 100"),
        Certainty::Documented,
    ),
};

/// Where a custom engine lives.
pub static ENGINE_FOLDER: Fact<&str> = Fact {
    value: "/home/mind",
    source: cite(
        &CUSTOM_ENGINE,
        text(
            "a custom engine is started by CMD sh /home/mind/run.sh",
            "自定义引擎由 CMD sh /home/mind/run.sh 启动",
        ),
        Certainty::Documented,
    ),
};

/// Where ModelArts puts the model of a custom engine.
pub static ENGINE_MODEL: Fact<&str> = Fact {
    value: "/home/mind/model",
    source: cite(
        &CUSTOM_ENGINE,
        text("the files of the model appear in /home/mind/model", "模型文件位于 /home/mind/model"),
        Certainty::Documented,
    ),
};

macro_rules! citations {
    ($($(#[$doc:meta])* $name:ident: $publication:ident, $certainty:ident, $en:literal, $zh:literal;)*) => {
        $($(#[$doc])* pub static $name: Citation =
            cite(&$publication, text($en, $zh), Certainty::$certainty);)*
    };
}

citations! {
    /// It is JSON.
    IS_JSON: CONFIGURATION_FILE, Documented,
        "the model configuration file is a JSON document", "模型配置文件是 JSON 文档";
    /// JSON alone.
    STRICT_JSON: JSON_STANDARD, Documented,
        "JSON has no comments, no comma before a closing bracket and no byte order mark",
        "JSON 没有注释，右括号前没有逗号，也没有字节顺序标记";
    /// Same key twice.
    DUPLICATE_KEYS: JSON_STANDARD, Documented,
        "the names within an object should be unique", "同一对象中的键应唯一";
    /// Refusals of the import.
    IMPORT_REFUSES: ERROR_CODES, Documented,
        "ModelArts.3016: the configuration file has unsupported fields, types or formats",
        "ModelArts.3016：配置文件中有不支持的字段、类型或格式";
    /// The table of keys.
    KEYS: CONFIGURATION_FILE, Documented,
        "the table of the keys of config.json, with their types", "config.json 的键及其类型列表";
    /// The needed keys.
    REQUIRED_KEYS: CONFIGURATION_FILE, Documented,
        "model_algorithm and model_type are mandatory", "model_algorithm 和 model_type 必填";
    /// `runtime`.
    RUNTIME: CONFIGURATION_FILE, Documented,
        "runtime depends on model_type and is not needed for Image",
        "runtime 取决于 model_type，Image 不需要";
    /// `swr_location` of a model that is no image.
    SWR_ON_ENGINE: MODEL_EVENTS, Documented,
        "the import fails if swr_location is given and model_type is not Image",
        "model_type 不是 Image 而给出 swr_location 时，导入失败";
    /// `swr_location` of an import from a container image.
    SWR_LOCATION: CONFIGURATION_FILE, Documented,
        "swr_location is for imports from OBS; an import from a container image needs none",
        "swr_location 用于从 OBS 导入；从容器镜像导入不需要";
    /// Names of organisations.
    SWR_ORGANISATION: SWR_API, Documented,
        "an organisation has 1 to 64 characters: lower-case letters, digits, `.`, `_`, `-`",
        "组织名为 1 到 64 个字符：小写字母、数字、`.`、`_`、`-`";
    /// Names of repositories.
    SWR_REPOSITORY: SWR_TERRAFORM, Documented,
        "a repository has 1 to 128 characters: lower-case letters, digits, `.`, `_`, `-`",
        "镜像仓库名为 1 到 128 个字符：小写字母、数字、`.`、`_`、`-`";
    /// The address of an image.
    SWR_ADDRESS: CONFIGURATION_FILE, Documented,
        "swr_location is the address of an image in SWR", "swr_location 是 SWR 中镜像的地址";
    /// `latest`.
    TAGS_MOVE: SWR_TERRAFORM, Inferred,
        "a push under the same name and tag replaces the image", "同名同标签的推送会覆盖镜像";
    /// Metrics are ratios.
    METRICS_ARE_RATIOS: CONFIGURATION_FILE, Inferred,
        "every example of a metric lies between 0 and 1", "文档中的指标示例都在 0 到 1 之间";
    /// `apis`.
    APIS: CONFIGURATION_FILE, Documented,
        "apis is an array of requests, each with url, method, request and response",
        "apis 为接口数组，每项包含 url、method、request 和 response";
    /// Batch services choose an api.
    BATCH_API: SERVICE_API, Documented,
        "req_uri of a batch service is one of apis[].url", "批量服务的 req_uri 取自 apis[].url";
    /// Models that are no images have one api.
    ONE_ROOT_API: CONFIGURATION_FILE, Documented,
        "unless model_type is Image there is one API, and its url is `/`",
        "model_type 不是 Image 时只能有一个 API，且 url 为 `/`";
    /// Forms of an url.
    API_PATHS: CONFIGURATION_FILE, Inferred,
        "every example of url is a path", "文档中的 url 示例都是路径";
    /// Methods.
    API_METHODS: CONFIGURATION_FILE, Documented,
        "method is post or get", "method 取值为 post 或 get";
    /// GET at the gateway.
    GATEWAY_POSTS: REAL_TIME, Documented,
        "the APIs that are registered by default are called with POST",
        "默认注册的 API 使用 POST 方法调用";
    /// Protocols.
    API_PROTOCOLS: CONFIGURATION_FILE, Documented,
        "protocol is http or https; newer editions have the key no more",
        "protocol 取值为 http 或 https；新版已无此键";
    /// `procotol` and the like in examples.
    EXAMPLE_TYPOS: CONFIGURATION_FILE, Observed,
        "published examples spell procotol, applicaton/json and item",
        "公开示例中误写了 procotol、applicaton/json 和 item";
    /// The spelling of `Content-type`.
    CONTENT_TYPE_KEY: CONFIGURATION_FILE, Documented,
        "the key is spelt Content-type in the table and every example",
        "表格和示例中键名均为 Content-type";
    /// JSON alone for the machine learning engines.
    ML_IS_JSON: CONFIGURATION_FILE, Documented,
        "models of machine learning engines take application/json alone",
        "机器学习引擎的模型只支持 application/json";
    /// Batch services need to know requests and responses.
    BATCH_SCHEMA: CONFIGURATION_FILE, Documented,
        "Content-type and data are optional for real-time services and mandatory for batch services",
        "Content-type 和 data 对在线服务可选，对批量服务必填";
    /// Requests as JSON Schema.
    DATA_IS_SCHEMA: CONFIGURATION_FILE, Documented,
        "data describes the body as JSON Schema", "data 以 JSON Schema 描述请求体";
    /// The types of JSON Schema.
    SCHEMA_TYPES: JSON_SCHEMA, Documented,
        "type is object, array, string, number, integer, boolean or null; ModelArts adds file",
        "type 取值为 object、array、string、number、integer、boolean、null；ModelArts 增加 file";
    /// Files come as forms.
    FILES_ARE_FORMS: CONFIGURATION_FILE, Inferred,
        "in every example a property of type file stands in a multipart/form-data request",
        "文档示例中类型为 file 的参数都在 multipart/form-data 请求中";
    /// What JSON Schema words mean together.
    SCHEMA_MEANING: JSON_SCHEMA, Inferred,
        "required names properties; minItems and maxItems are whole numbers from 0 on",
        "required 列出属性名；minItems 和 maxItems 为非负整数";
    /// No dependencies for images.
    NO_DEPENDENCIES_ON_IMAGE: CONFIGURATION_FILE, Documented,
        "a custom image cannot have dependencies", "自定义镜像不支持 dependencies";
    /// `dependencies`.
    DEPENDENCIES: CONFIGURATION_FILE, Documented,
        "installer is pip; packages is an array of package_name, package_version, restraint, without & ! ' \" < > =",
        "installer 为 pip；packages 为数组，含 package_name、package_version、restraint，不能包含 & ! ' \" < > =";
    /// The newest version.
    UNPINNED_IS_NEWEST: MODEL_API, Documented,
        "without package_version the newest version is installed", "不指定版本时安装最新版本";
    /// `health`.
    HEALTH: CONFIGURATION_FILE, Documented,
        "health has url, protocol (only http), initial_delay_seconds and timeout_seconds; it is for Image alone",
        "health 包含 url、protocol（仅 http）、initial_delay_seconds、timeout_seconds，仅用于 Image";
    /// `health` is needed.
    HEALTH_WANTED: OLD_IMAGE_SPECIFICATIONS, Documented,
        "a custom image must provide a health check interface that config.json names",
        "自定义镜像必须提供健康检查接口，并在 config.json 中配置";
    /// HTTP and EXEC.
    HEALTH_METHODS: MODEL_API, Documented,
        "check_method is HTTP or EXEC; EXEC runs command", "check_method 为 HTTP 或 EXEC；EXEC 执行 command";
    /// Health checks are asked with GET.
    HEALTH_IS_GET: OLD_IMAGE_SPECIFICATIONS, Documented,
        "the sample of the health check interface is GET /health", "健康检查接口示例为 GET /health";
    /// What starts.
    START_COMMAND: IMAGE_SPECIFICATIONS, Inferred,
        "the inference interface is reachable as soon as the image is started",
        "镜像启动后即可访问推理接口";
    /// ENTRYPOINT and CMD.
    ENTRYPOINT_TAKES_CMD: DOCKERFILE_REFERENCE, Documented,
        "with an ENTRYPOINT, CMD gives its arguments", "有 ENTRYPOINT 时，CMD 作为其参数";
    /// COPY.
    ONLY_COPIED_FILES: DOCKERFILE_REFERENCE, Inferred,
        "an image holds what its base has and what COPY, ADD and RUN put there",
        "镜像中只有基础镜像的内容以及 COPY、ADD、RUN 放入的内容";
    /// Shell form.
    SHELL_FORM: DOCKERFILE_REFERENCE, Documented,
        "the shell form runs under `/bin/sh -c`, which does not pass signals on",
        "shell 形式通过 `/bin/sh -c` 运行，不会转发信号";
    /// STOPSIGNAL.
    STOP_SIGNAL_IS_SENT: POD_TERMINATION, Inferred,
        "runtimes send the stop signal of the image in place of SIGTERM; instances are taken to be pods",
        "容器运行时用镜像的停止信号代替 SIGTERM；此处假定实例即 Pod";
    /// EXPOSE.
    EXPOSE_TELLS: DOCKERFILE_REFERENCE, Inferred,
        "EXPOSE says on which port the container listens", "EXPOSE 表明容器监听的端口";
    /// 0.0.0.0.
    LISTEN_EVERYWHERE: IMAGE_EXAMPLE, Documented,
        "the server must listen on 0.0.0.0, port 8080", "服务必须监听 0.0.0.0 的 8080 端口";
    /// Components of a batch service.
    COMPONENTS: IMAGE_SPECIFICATIONS, Documented,
        "a batch service needs component packages such as Python, JRE/JDK and ZIP in the image",
        "批量服务需要在镜像中安装 Python、JRE/JDK、ZIP 等组件包";
    /// Logs.
    LOGS: IMAGE_SPECIFICATIONS, Documented,
        "logs must go to standard output", "日志必须输出到标准输出";
    /// Buffered output.
    PYTHON_BUFFERS: IMAGE_SPECIFICATIONS, Inferred,
        "logs are read from standard output, which Python buffers if it is no terminal",
        "日志取自标准输出，而 Python 在非终端时会缓冲输出";
    /// Sync workers close connections.
    SYNC_CLOSES: GUNICORN, Documented,
        "sync workers do not support persistent connections and ignore keepalive",
        "sync worker 不支持长连接，会忽略 keepalive";
    /// HEALTHCHECK.
    HEALTHCHECK_IS_DOCKERS: IMAGE_SPECIFICATIONS, Inferred,
        "the specification speaks of `health` in config.json and never of HEALTHCHECK",
        "规范只提到 config.json 中的 health，未提及 HEALTHCHECK";
    /// Credentials.
    NO_SECRETS: REAL_TIME, Documented,
        "no credentials belong in environment variables, which are shown in plain text",
        "环境变量以明文显示，不应包含敏感信息";
    /// Line ends.
    LINE_ENDS: POSIX_SHELL, Necessary,
        "a carriage return is a letter like any other, part of the word before it",
        "回车符是普通字符，会成为前一个单词的一部分";
    /// `#!`.
    EXEC_NEEDS_SHEBANG: POSIX_SHELL, Necessary,
        "a file without `#!` is run by a shell that falls back to reading it, never by exec itself",
        "没有 `#!` 的文件只能由 shell 读取执行，exec 本身无法执行";
    /// The name of the configuration file.
    FILE_NAME_IS_FIXED: CONFIGURATION_FILE, Documented,
        "the file is called config.json and lies in the folder model/ of the package",
        "文件名固定为 config.json，位于模型包的 model/ 目录";
    /// Scripts end.
    SCRIPT_ENDS: POSIX_SHELL, Necessary,
        "a shell exits after its last command, and a container stops with its first process",
        "shell 执行完最后一条命令即退出，容器随首个进程停止";
    /// Traps and foreground commands.
    TRAP_WAITS: POSIX_SHELL, Necessary,
        "a trap runs after the foreground command ends, but at once during `wait`",
        "trap 在前台命令结束后才执行；`wait` 时立即执行";
    /// Unquoted words.
    EMPTY_WORDS: POSIX_SHELL, Necessary,
        "an unquoted expansion that is empty is no word at all", "未加引号的空展开不会成为单词";
    /// What sh has not.
    POSIX_ONLY: POSIX_SHELL, Inferred,
        "sh has no `[[`, no arrays, no `source` and no word `function`; dash is the sh of Debian",
        "sh 没有 `[[`、数组、`source` 和 `function`；Debian 的 sh 是 dash";
    /// SIGTERM.
    TERM_IS_SENT: IMAGE_SPECIFICATIONS, Documented,
        "an instance gets SIGTERM before it is stopped", "实例停止前会收到 SIGTERM 信号";
    /// One port.
    ONE_PORT: IMAGE_SPECIFICATIONS, Documented,
        "requests go to 8080; a port set in the configuration must be the same everywhere",
        "请求转发到 8080；配置中的端口必须处处一致";
    /// The protocol.
    PROTOCOL_MATCHES: CONFIGURATION_FILE, Documented,
        "protocol is the one that the image really serves", "protocol 须与镜像实际提供的协议一致";
    /// Files in batch services.
    BATCH_FILE: SERVICE_API, Documented,
        "with mapping_type file the API has exactly one parameter, of type file",
        "mapping_type 为 file 时，API 只能有一个类型为 file 的参数";
    /// The body of a request.
    REQUEST_IS_JSON: SERVICE_API, Documented,
        "the body of the request that deploys a service is a JSON object", "部署服务的请求体是 JSON 对象";
    /// The tables of the deployment.
    SERVICE_FIELDS: SERVICE_API, Documented,
        "the tables of the request's fields, with their types and values", "请求参数及其类型和取值的列表";
    /// The needed fields of the deployment.
    SERVICE_NEEDS: SERVICE_API, Documented,
        "service_name, infer_type and config are mandatory, and in config model_id, specification and instance_count; weight for real-time services",
        "service_name、infer_type、config 必填；config 中 model_id、specification、instance_count 必填，在线服务还需 weight";
    /// The user of a custom engine.
    ENGINE_USER: CUSTOM_ENGINE, Documented,
        "a custom engine runs as ma-user in ma-group, started as 1000:100",
        "自定义引擎以 ma-group 组的 ma-user 运行，启动用户为 1000:100";
    /// What the size of a custom engine is.
    ENGINE_SIZE: CUSTOM_ENGINE, Documented,
        "in public pools the unpacked image of a custom engine and its model have at most 30 GB together",
        "公共资源池中，自定义引擎的镜像（解压后）与模型合计不超过 30 GB";
    /// Containers are Linux'.
    LINUX_ONLY: IMAGE_SPECIFICATIONS, Inferred,
        "every image, command and path that is documented is Linux'",
        "文档中的镜像、命令和路径均为 Linux";
    /// The user of a training image.
    TRAINING_USER: TRAINING_IMAGE, Documented,
        "the uid of the default user of a training image must be 1000",
        "训练镜像默认用户的 uid 必须为 1000";
    /// The user of a notebook.
    NOTEBOOK_USER: NOTEBOOK_IMAGE, Documented,
        "a notebook runs as ma-user in ma-group, 1000:100, which a custom image must have, or as root",
        "Notebook 以 ma-group 组的 ma-user（1000:100，自定义镜像中必须存在）或 root 运行";
    /// Drivers.
    NO_GPU_DRIVER: TRAINING_IMAGE, Documented,
        "no GPU driver may be in the image; it is mounted at /usr/local/nvidia",
        "镜像中不能安装 GPU 驱动，驱动会挂载到 /usr/local/nvidia";
    /// Users of base images.
    BASES_HAVE_USERS: DEBIAN_USERS, Inferred,
        "Debian and its relatives have the group users with gid 100; Ubuntu's images since 23.04 have the user ubuntu with uid 1000, node's the user node",
        "Debian 系镜像中 gid 100 为 users 组；Ubuntu 23.04 起的镜像有 uid 1000 的 ubuntu 用户，node 镜像有 node 用户";
    /// The region.
    ONE_REGION: CONTAINER_IMPORT, Inferred,
        "data in OBS must be in the region of ModelArts; SWR's address names its region as well",
        "OBS 中的数据须与 ModelArts 在同一区域；SWR 地址也含区域";
    /// Columns of csv files.
    MAPPING_RULE: SERVICE_API, Documented,
        "mapping_rule is written like the request of config.json, with an index from 0 on at each string, number, integer and boolean; -1 leaves one out",
        "mapping_rule 与 config.json 的请求写法相同，在 string、number、integer、boolean 参数下配置从 0 开始的 index，-1 表示忽略";
    /// Grace period.
    GRACE_PERIOD: SERVICE_API, Documented,
        "termination_grace_period_seconds is how long an instance may take to stop",
        "termination_grace_period_seconds 为实例停止的宽限时间";
}

/// Kinds of service.
pub static INFER_TYPES: Fact<&[&str]> = Fact {
    value: &["real-time", "batch", "edge"],
    source: cite(
        &SERVICE_API,
        text(
            "infer_type is real-time or batch; some editions have edge",
            "infer_type 为 real-time 或 batch；部分版本有 edge",
        ),
        Certainty::Documented,
    ),
};

/// A service's name.
pub static SERVICE_NAME: Citation = cite(
    &SERVICE_API,
    text(
        "service_name has 1 to 64 letters, digits, hyphens and underscores",
        "service_name 为 1 到 64 个字母、数字、连字符或下划线",
    ),
    Certainty::Documented,
);

/// A service's description.
pub static DESCRIPTION: Citation = cite(
    &SERVICE_API,
    text(
        "description has at most 100 characters, without ! < > + & \" '",
        "description 不超过 100 个字符，且不含 ! < > + & \" '",
    ),
    Certainty::Documented,
);

/// The models of a service.
pub static SERVICE_CONFIG: Citation = cite(
    &SERVICE_API,
    text("config is a list with one entry for each model", "config 是列表，每个模型一项"),
    Certainty::Documented,
);

/// How many models.
pub static ONE_MODEL: Citation = cite(
    &SERVICE_API,
    text(
        "batch and edge services have one entry; the versions of a real-time service differ",
        "批量和边缘服务只有一项；在线服务的各版本互不相同",
    ),
    Certainty::Documented,
);

/// weight.
pub static WEIGHTS: Citation = cite(
    &SERVICE_API,
    text(
        "weight is an integer, and the weights of a real-time service add up to 100",
        "weight 为整数，在线服务的权重之和为 100",
    ),
    Certainty::Documented,
);

/// The most instances without a ticket.
pub static INSTANCE_COUNT: Fact<u16> = Fact {
    value: 128,
    source: cite(
        &SERVICE_API,
        text(
            "instance_count is above 0; more than 128 take a service ticket",
            "instance_count 大于 0；超过 128 需要提交工单",
        ),
        Certainty::Documented,
    ),
};

/// Flavours with and without a GPU.
pub static SPECIFICATIONS: Citation = cite(
    &SERVICE_API,
    text(
        "flavours of instances are called modelarts.vm.cpu.…, modelarts.vm.gpu.… and modelarts.vm.ai1.…",
        "实例规格名为 modelarts.vm.cpu.…、modelarts.vm.gpu.… 和 modelarts.vm.ai1.…",
    ),
    Certainty::Documented,
);

/// custom_spec.
pub static CUSTOM_SPECIFICATION: Citation = cite(
    &SERVICE_API,
    text(
        "the specification custom needs custom_spec with cpu and memory",
        "规格为 custom 时必须设置含 cpu 和 memory 的 custom_spec",
    ),
    Certainty::Documented,
);

/// Specifications of instances.
pub static FLAVOURS: Fact<&[&str]> = Fact {
    value: &[
        "custom",
        "modelarts.vm.cpu.2u",
        "modelarts.vm.cpu.free",
        "modelarts.vm.gpu.pnt004",
        "modelarts.vm.gpu.p4",
        "modelarts.vm.gpu.t4",
        "modelarts.vm.gpu.p4u8.container",
        "modelarts.vm.gpu.t4u8.container",
        "modelarts.vm.gpu.free",
        "modelarts.vm.ai1.snt3",
        "modelarts.vm.ai1.a310",
        "modelarts.vm.arm.d310.3u6g",
    ],
    source: cite(
        &SERVICE_API,
        text(
            "specification is one of the flavours that the region offers, or custom",
            "specification 为区域提供的规格之一或 custom",
        ),
        Certainty::Documented,
    ),
};

/// Fields of batch services.
pub static BATCH_FIELDS: Citation = cite(
    &SERVICE_API,
    text(
        "a batch service has src_path, dest_path, req_uri and mapping_type, and with csv mapping_rule",
        "批量服务需要 src_path、dest_path、req_uri、mapping_type，csv 时还需 mapping_rule",
    ),
    Certainty::Documented,
);

/// src_type.
pub static SOURCE_TYPE: Fact<&str> = Fact {
    value: "ManifestFile",
    source: cite(
        &SERVICE_API,
        text("src_type is ManifestFile or left out", "src_type 为 ManifestFile 或不设置"),
        Certainty::Documented,
    ),
};

/// The VPC of a service.
pub static SERVICE_VPC: Citation = cite(
    &SERVICE_API,
    text(
        "with vpc_id, subnet_network_id and security_group_id are required",
        "设置 vpc_id 时必须同时设置 subnet_network_id 和 security_group_id",
    ),
    Certainty::Documented,
);

/// schedule.
pub static SCHEDULE: Citation = cite(
    &SERVICE_API,
    text(
        "schedule stops a real-time service after a duration in DAYS, HOURS or MINUTES",
        "schedule 在若干 DAYS、HOURS 或 MINUTES 后停止在线服务",
    ),
    Certainty::Documented,
);

/// log_volume.
pub static LOG_VOLUME: Citation = cite(
    &SERVICE_API,
    text("log_volume is for dedicated pools", "log_volume 仅用于专属资源池"),
    Certainty::Documented,
);

/// Where no volume may be mounted.
pub static MOUNTED_VOLUMES: Fact<&[&str]> = Fact {
    value: &["/", "/var/run"],
    source: cite(
        &SERVICE_API,
        text(
            "mount_path of a volume is neither / nor /var/run",
            "存储卷的 mount_path 不能是 / 或 /var/run",
        ),
        Certainty::Documented,
    ),
};

/// envs are strings.
pub static ENVIRONMENT_STRINGS: Citation = cite(
    &SERVICE_API,
    text("envs maps strings to strings", "envs 是字符串到字符串的映射"),
    Certainty::Documented,
);

/// No secrets in envs.
pub static SECRETS_IN_ENVIRONMENT: Citation = cite(
    &REAL_TIME,
    text(
        "variables are shown in plain text: keep passwords out of them",
        "环境变量以明文显示：不要写入密码",
    ),
    Certainty::Documented,
);
