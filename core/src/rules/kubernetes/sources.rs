//! What the rules on Kubernetes objects and registry logins rest on.

use crate::fact::Certainty::{Documented, Inferred, Necessary};
use crate::fact::{Certainty, Citation, Publication};
use crate::text::text;

static OBJECTS: Publication = Publication {
    title: "Kubernetes: Objects In Kubernetes, required fields",
    url: "https://kubernetes.io/docs/concepts/overview/working-with-objects/",
    date: "",
};

static DEPLOYMENT: Publication = Publication {
    title: "Kubernetes: Deployments, writing a Deployment spec",
    url: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/",
    date: "",
};

static SECRETS: Publication = Publication {
    title: "Kubernetes: Secrets, Docker config Secrets",
    url: "https://kubernetes.io/docs/concepts/configuration/secret/",
    date: "",
};

static IMAGES: Publication = Publication {
    title: "Kubernetes: Images, using a private registry",
    url: "https://kubernetes.io/docs/concepts/containers/images/",
    date: "",
};

static PULL: Publication = Publication {
    title: "Kubernetes: Pull an Image from a Private Registry",
    url: "https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/",
    date: "",
};

static NAMESPACES: Publication = Publication {
    title: "Kubernetes: Namespaces",
    url: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
    date: "",
};

static LOGIN: Publication = Publication {
    title: "docker login: credential stores and helpers",
    url: "https://docs.docker.com/reference/cli/docker/login/",
    date: "",
};

static REFERENCES: Publication = Publication {
    title: "Distribution: the grammar of image references",
    url: "https://pkg.go.dev/github.com/distribution/reference",
    date: "",
};

static YAML: Publication =
    Publication { title: "YAML 1.2.2", url: "https://yaml.org/spec/1.2.2/", date: "2021-10-01" };

static JSON: Publication = Publication {
    title: "RFC 8259: The JavaScript Object Notation (JSON) Data Interchange Format",
    url: "https://www.rfc-editor.org/rfc/rfc8259",
    date: "2017-12",
};

const fn cite(
    publication: &'static Publication,
    certainty: Certainty,
    en: &'static str,
    zh: &'static str,
) -> Citation {
    Citation { publication, says: text(en, zh), certainty }
}

pub(crate) static UNREADABLE: Citation = cite(
    &YAML,
    Necessary,
    "a text that breaks the grammar stands for no objects",
    "不符合语法的文本无法表示任何对象",
);

pub(crate) static UNREADABLE_JSON: Citation = cite(
    &JSON,
    Necessary,
    "a text that breaks the grammar is no JSON: docker reads no login from it",
    "不符合语法的文本不是 JSON，docker 无法从中读取凭证",
);

pub(crate) static REQUIRED_FIELDS: Citation = cite(
    &OBJECTS,
    Documented,
    "every object needs `apiVersion`, `kind` and a name in `metadata`",
    "每个对象都需要 `apiVersion`、`kind` 和 `metadata` 中的名称",
);

pub(crate) static SELECTOR: Citation = cite(
    &DEPLOYMENT,
    Documented,
    "in apps/v1 `.spec.selector` is required and must match the labels of the pod template, or the API refuses the object",
    "在 apps/v1 中 `.spec.selector` 为必填项，且必须与 Pod 模板的标签一致，否则会被 API 拒绝",
);

pub(crate) static SECRET_KEY: Citation = cite(
    &SECRETS,
    Documented,
    "a Secret of a docker type needs the type's own key, and the API server checks that its value is JSON",
    "docker 类型的 Secret 必须包含该类型对应的键，API server 会检查其值是否为 JSON",
);

pub(crate) static SECRET_ENCODING: Citation = cite(
    &SECRETS,
    Documented,
    "values under `data` are Base64, values under `stringData` are plain text",
    "`data` 中的值是 Base64，`stringData` 中的值是明文",
);

pub(crate) static SECRET_TYPES: Citation = cite(
    &SECRETS,
    Documented,
    "`kubernetes.io/dockercfg` holds the elder `~/.dockercfg`, `kubernetes.io/dockerconfigjson` the `config.json` with `auths`",
    "`kubernetes.io/dockercfg` 保存旧的 `~/.dockercfg`，`kubernetes.io/dockerconfigjson` 保存带 `auths` 的 `config.json`",
);

pub(crate) static SECRETS_ARE_NOT_ENCRYPTED: Citation = cite(
    &SECRETS,
    Documented,
    "Base64 is no encryption: whoever has the manifest has what is in it",
    "Base64 不是加密：拿到清单的人就能得到其中的内容",
);

pub(crate) static PULL_SECRETS: Citation = cite(
    &IMAGES,
    Documented,
    "a pod names the Secrets to pull with in `imagePullSecrets` of its spec, a list of objects with a `name`; they must be of a docker type and in the pod's own namespace",
    "Pod 在其 spec 的 `imagePullSecrets` 中指定拉取所用的 Secret（由带 `name` 的对象组成的列表）；它们必须是 docker 类型，且与 Pod 在同一命名空间",
);

pub(crate) static KEYS_BY_HOST: Citation = cite(
    &IMAGES,
    Documented,
    "the entry whose key matches the host (and path) of the image is used",
    "使用键与镜像的域名（及路径）匹配的条目",
);

pub(crate) static DOCKER_HUB_KEY: Citation = cite(
    &PULL,
    Documented,
    "docker keeps the login for Docker Hub under `https://index.docker.io/v1/`",
    "docker 将 Docker Hub 的凭证保存在 `https://index.docker.io/v1/` 下",
);

pub(crate) static AUTHS: Citation = cite(
    &PULL,
    Documented,
    "a config.json has its logins under `auths`, each with `auth`, the Base64 of username:password",
    "config.json 的凭证位于 `auths` 下，每项的 `auth` 是 username:password 的 Base64",
);

pub(crate) static STORES: Citation = cite(
    &PULL,
    Documented,
    "with a credentials store the file has no `auth` but the name of the store",
    "使用凭证存储时，文件中没有 `auth`，只有存储的名称",
);

pub(crate) static HELPERS: Citation = cite(
    &LOGIN,
    Documented,
    "a credential helper keeps the passwords outside of config.json, on that machine",
    "凭证助手把密码保存在 config.json 之外的本机中",
);

pub(crate) static ONE_LOGIN: Citation = cite(
    &LOGIN,
    Inferred,
    "which of two logins of one entry a reader takes is its own choice",
    "同一条目中有两份登录信息时，由读取方自行决定采用哪一份",
);

pub(crate) static IN_NAMESPACE: Citation = cite(
    &NAMESPACES,
    Documented,
    "objects are created in a namespace that must exist; without one they go into `default`",
    "对象创建在已存在的命名空间中；未指定时使用 `default`",
);

pub(crate) static REFERENCE_GRAMMAR: Citation = cite(
    &REFERENCES,
    Documented,
    "an image reference is a host, a path in lower case, and a tag or digest",
    "镜像引用由域名、小写路径以及标签或摘要组成",
);
