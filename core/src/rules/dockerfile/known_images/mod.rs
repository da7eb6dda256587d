//! What well-known base images bring with them: variables, user, shell, platform, packages.
//!
//! Facts of the images' own Dockerfiles, read in 2026: docker-library/official-images and the
//! repositories that it names, GoogleContainerTools/distroless, jupyter/docker-stacks,
//! dotnet/dotnet-docker, nvidia/container-images/cuda, the catalogue of mcr.microsoft.com. A row
//! holds what *any* supported version sets, so that a rule speaks only where none does. An image
//! that is not here is unknown, and no rule speaks of it.
#![allow(dead_code, reason = "each column is for another rule")]

mod shell;
mod system;

pub(super) use shell::sh_of;
pub(super) use system::{System, system};

/// What is known of an image.
#[derive(Debug)]
pub(super) struct KnownImage {
    /// Its name without registry's default parts; `…/*` stands for every name below.
    name: &'static str,
    /// What its tag must hold for this row; empty for the row that holds otherwise.
    tag: &'static str,
    /// The variables that it sets; `NAME_*` stands for all that begin so.
    env: &'static [&'static str],
    /// The user that it runs as, unless that is root.
    pub(super) user: Option<&'static str>,
    /// What reads `RUN` in its shell form.
    pub(super) shell: ShellFamily,
    /// What it runs on: `linux`, `windows`.
    pub(super) os: &'static str,
    /// The only architectures that it is built for; empty where it is not known to be limited.
    pub(super) architectures: &'static [&'static str],
    /// What installs packages.
    pub(super) packages: PackageManager,
}

/// What stands at `/bin/sh`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShellFamily {
    /// Debian's and Ubuntu's.
    Dash,
    /// BusyBox.
    Ash,
    /// Bash as `sh`.
    Bash,
    /// There is none.
    None,
    /// `cmd /S /C`.
    Windows,
}

/// What installs packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names say it.
pub(super) enum PackageManager {
    Apt,
    Apk,
    Dnf,
    Microdnf,
    Yum,
    Tdnf,
    Zypper,
    Pacman,
    None,
}

impl KnownImage {
    /// Whether it sets the variable `name`.
    pub(super) fn sets(&self, name: &str) -> bool {
        name == "PATH" && self.os == "linux"
            || self.env.iter().any(|known| match known.strip_suffix('*') {
                Some(start) => name.starts_with(start),
                None => *known == name,
            })
    }

    /// The names of the variables that it sets.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> + use<'_> {
        let path = if self.os == "linux" { &["PATH"][..] } else { &[] };
        path.iter().chain(self.env).copied().filter(|name| !name.ends_with('*'))
    }

    const fn user(mut self, user: &'static str) -> KnownImage {
        self.user = Some(user);
        self
    }

    const fn tagged(mut self, tag: &'static str) -> KnownImage {
        self.tag = tag;
        self
    }

    const fn only(mut self, architectures: &'static [&'static str]) -> KnownImage {
        self.architectures = architectures;
        self
    }

    const fn bash(mut self) -> KnownImage {
        self.shell = ShellFamily::Bash;
        self
    }

    const fn packages(mut self, packages: PackageManager) -> KnownImage {
        self.packages = packages;
        self
    }
}

const fn debian(name: &'static str, env: &'static [&'static str]) -> KnownImage {
    KnownImage {
        name,
        tag: "",
        env,
        user: None,
        shell: ShellFamily::Dash,
        os: "linux",
        architectures: &[],
        packages: PackageManager::Apt,
    }
}

const fn alpine(name: &'static str, env: &'static [&'static str]) -> KnownImage {
    KnownImage {
        tag: "alpine",
        shell: ShellFamily::Ash,
        packages: PackageManager::Apk,
        ..debian(name, env)
    }
}

const fn red_hat(name: &'static str, env: &'static [&'static str]) -> KnownImage {
    debian(name, env).bash().packages(PackageManager::Dnf)
}

const fn bare(name: &'static str, env: &'static [&'static str]) -> KnownImage {
    KnownImage { shell: ShellFamily::None, packages: PackageManager::None, ..debian(name, env) }
}

const fn windows(name: &'static str, env: &'static [&'static str]) -> KnownImage {
    KnownImage {
        shell: ShellFamily::Windows,
        os: "windows",
        packages: PackageManager::None,
        ..debian(name, env)
    }
}

const PYTHON: &[&str] = &[
    "LANG",
    "GPG_KEY",
    "PYTHON_VERSION",
    "PYTHON_SHA256",
    "PYTHON_PIP_VERSION",
    "PYTHON_SETUPTOOLS_VERSION",
    "PYTHON_GET_PIP_URL",
    "PYTHON_GET_PIP_SHA256",
];
const NODE: &[&str] = &["NODE_VERSION", "YARN_VERSION"];
const GOLANG: &[&str] = &["GOLANG_VERSION", "GOTOOLCHAIN", "GOPATH"];
const RUST: &[&str] = &["RUSTUP_HOME", "CARGO_HOME", "RUST_VERSION"];
const RUBY: &[&str] = &[
    "LANG",
    "RUBY_VERSION",
    "RUBY_MAJOR",
    "RUBY_DOWNLOAD_URL",
    "RUBY_DOWNLOAD_SHA256",
    "RUBYGEMS_VERSION",
    "BUNDLER_VERSION",
    "GEM_HOME",
    "BUNDLE_*",
];
const PHP: &[&str] = &["PHPIZE_DEPS", "PHP_*", "GPG_KEYS", "APACHE_CONFDIR", "APACHE_ENVVARS"];
const JAVA: &[&str] = &["JAVA_HOME", "JAVA_VERSION", "JAVA_*", "LANG", "LANGUAGE", "LC_ALL"];
const MAVEN: &[&str] =
    &["MAVEN_HOME", "MAVEN_CONFIG", "MAVEN_VERSION", "JAVA_*", "LANG", "LANGUAGE", "LC_ALL"];
const GRADLE: &[&str] =
    &["GRADLE_HOME", "GRADLE_VERSION", "GRADLE_*", "JAVA_*", "LANG", "LANGUAGE", "LC_ALL"];
const TOMCAT: &[&str] = &[
    "CATALINA_HOME",
    "TOMCAT_*",
    "LD_LIBRARY_PATH",
    "GPG_KEYS",
    "JAVA_*",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
];
const NGINX: &[&str] = &[
    "NGINX_VERSION",
    "NJS_VERSION",
    "NJS_RELEASE",
    "PKG_RELEASE",
    "DYNPKG_RELEASE",
    "ACME_VERSION",
];
const HTTPD: &[&str] = &["HTTPD_PREFIX", "HTTPD_VERSION", "HTTPD_SHA256", "HTTPD_PATCHES"];
const POSTGRES: &[&str] = &[
    "GOSU_VERSION",
    "LANG",
    "PG_MAJOR",
    "PG_VERSION",
    "PG_SHA256",
    "PGDATA",
    "DOCKER_PG_LLVM_DEPS",
];
const REDIS: &[&str] =
    &["GOSU_VERSION", "REDIS_VERSION", "REDIS_DOWNLOAD_URL", "REDIS_DOWNLOAD_SHA"];
const MYSQL: &[&str] = &["GOSU_VERSION", "MYSQL_MAJOR", "MYSQL_VERSION", "MYSQL_SHELL_VERSION"];
const CUDA: &[&str] = &[
    "CUDA_VERSION",
    "LD_LIBRARY_PATH",
    "LIBRARY_PATH",
    "NVARCH",
    "NVIDIA_VISIBLE_DEVICES",
    "NVIDIA_DRIVER_CAPABILITIES",
    "NVIDIA_*",
    "NCCL_VERSION",
    "NV_*",
    "CUDNN_VERSION",
    "CUDA_*",
];
const PYTORCH: &[&str] = &[
    "PYTORCH_VERSION",
    "CONDA_*",
    "LD_LIBRARY_PATH",
    "NVIDIA_VISIBLE_DEVICES",
    "NVIDIA_DRIVER_CAPABILITIES",
    "NVIDIA_*",
    "NV_*",
    "NVARCH",
    "CUDA_*",
    "CUDNN_VERSION",
    "LIBRARY_PATH",
    "NCCL_VERSION",
    "LANG",
    "LC_ALL",
];
const TENSORFLOW: &[&str] = &[
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "NVIDIA_*",
    "NV_*",
    "NVARCH",
    "CUDA_*",
    "CUDNN_VERSION",
    "LIBRARY_PATH",
    "NCCL_VERSION",
    "DEBIAN_FRONTEND",
    "PYTHONIOENCODING",
    "TF_*",
];
const JUPYTER: &[&str] = &[
    "NB_USER",
    "NB_UID",
    "NB_GID",
    "HOME",
    "CONDA_DIR",
    "SHELL",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "DEBIAN_FRONTEND",
    "JUPYTER_*",
    "XDG_CACHE_HOME",
    "SPARK_*",
    "APACHE_SPARK_VERSION",
    "HADOOP_VERSION",
    "PYTHONPATH",
    "JULIA_*",
    "R_*",
    "RSTUDIO_*",
    "NVIDIA_*",
    "CUDA_*",
    "LD_LIBRARY_PATH",
    "OPENBLAS_*",
];
const DOTNET: &[&str] = &[
    "APP_UID",
    "ASPNETCORE_URLS",
    "ASPNETCORE_HTTP_PORTS",
    "ASPNET_VERSION",
    "DOTNET_VERSION",
    "DOTNET_SDK_VERSION",
    "DOTNET_RUNNING_IN_CONTAINER",
    "DOTNET_*",
    "NUGET_XMLDOC_MODE",
    "POWERSHELL_DISTRIBUTION_CHANNEL",
];
const DISTROLESS: &[&str] = &["SSL_CERT_FILE", "LANG", "JAVA_VERSION"];
const FEDORA: &[&str] = &["container", "DISTTAG", "FGC", "FBR"];

/// The first row that fits counts.
static IMAGES: &[KnownImage] = &[
    // Systems.
    alpine("alpine", &[]).tagged(""),
    debian("debian", &[]),
    debian("ubuntu", &[]),
    debian("buildpack-deps", &[]),
    bare_box("busybox"),
    red_hat("fedora", FEDORA),
    red_hat("centos", &[]).packages(PackageManager::Yum),
    red_hat("rockylinux", &[]),
    red_hat("rockylinux/rockylinux", &[]),
    red_hat("almalinux", &[]),
    red_hat("oraclelinux", &[]),
    red_hat("amazonlinux", &[]),
    red_hat("quay.io/centos/centos", &[]),
    red_hat("registry.access.redhat.com/ubi8/ubi", &["container"]),
    red_hat("registry.access.redhat.com/ubi9/ubi", &["container"]),
    red_hat("registry.access.redhat.com/ubi8/ubi-minimal", &["container"])
        .packages(PackageManager::Microdnf),
    red_hat("registry.access.redhat.com/ubi9/ubi-minimal", &["container"])
        .packages(PackageManager::Microdnf),
    red_hat("opensuse/leap", &[]).packages(PackageManager::Zypper),
    red_hat("opensuse/tumbleweed", &[]).packages(PackageManager::Zypper),
    red_hat("archlinux", &["LANG"]).packages(PackageManager::Pacman).only(&["amd64"]),
    red_hat("mcr.microsoft.com/azurelinux/base/core", &[]).packages(PackageManager::Tdnf),
    // Languages.
    alpine("python", PYTHON),
    windows("python", PYTHON).tagged("windowsservercore"),
    debian("python", PYTHON),
    alpine("node", NODE),
    debian("node", NODE),
    alpine("golang", GOLANG),
    windows("golang", GOLANG).tagged("windowsservercore"),
    windows("golang", GOLANG).tagged("nanoserver"),
    debian("golang", GOLANG),
    alpine("rust", RUST),
    debian("rust", RUST),
    alpine("ruby", RUBY),
    debian("ruby", RUBY),
    alpine("php", PHP),
    debian("php", PHP),
    alpine("openjdk", JAVA),
    windows("openjdk", JAVA).tagged("windowsservercore"),
    windows("openjdk", JAVA).tagged("nanoserver"),
    debian("openjdk", JAVA),
    alpine("eclipse-temurin", JAVA),
    windows("eclipse-temurin", JAVA).tagged("windowsservercore"),
    windows("eclipse-temurin", JAVA).tagged("nanoserver"),
    red_hat("eclipse-temurin", JAVA).tagged("ubi"),
    debian("eclipse-temurin", JAVA),
    alpine("amazoncorretto", JAVA),
    red_hat("amazoncorretto", JAVA).packages(PackageManager::Yum),
    alpine("maven", MAVEN),
    debian("maven", MAVEN),
    alpine("gradle", GRADLE),
    debian("gradle", GRADLE),
    debian("tomcat", TOMCAT),
    debian("gcc", &["GPG_KEYS", "GCC_MIRRORS", "GCC_VERSION"]),
    // Servers.
    alpine("nginx", NGINX),
    debian("nginx", NGINX),
    alpine("nginxinc/nginx-unprivileged", NGINX).user("101"),
    debian("nginxinc/nginx-unprivileged", NGINX).user("101"),
    alpine("httpd", HTTPD),
    debian("httpd", HTTPD),
    alpine("caddy", &["CADDY_VERSION", "XDG_CONFIG_HOME", "XDG_DATA_HOME"]).tagged(""),
    alpine("postgres", POSTGRES),
    debian("postgres", POSTGRES),
    alpine("redis", REDIS),
    debian("redis", REDIS),
    red_hat("mysql", MYSQL).tagged("oracle").packages(PackageManager::Microdnf),
    red_hat("mysql", MYSQL).packages(PackageManager::Microdnf),
    // Science.
    debian("nvidia/cuda", CUDA).tagged("ubuntu"),
    red_hat("nvidia/cuda", CUDA).tagged("ubi"),
    red_hat("nvidia/cuda", CUDA).tagged("rockylinux"),
    debian("nvidia/cuda", CUDA),
    debian("pytorch/pytorch", PYTORCH),
    debian("tensorflow/tensorflow", TENSORFLOW),
    debian("continuumio/miniconda3", &["LANG", "LC_ALL"]),
    debian("continuumio/anaconda3", &["LANG", "LC_ALL"]),
    debian("jupyter/*", JUPYTER).user("jovyan"),
    debian("quay.io/jupyter/*", JUPYTER).user("jovyan"),
    red_hat("quay.io/pypa/manylinux2014_x86_64", MANYLINUX).only(&["amd64"]),
    red_hat("quay.io/pypa/manylinux_2_28_x86_64", MANYLINUX).only(&["amd64"]),
    red_hat("quay.io/pypa/manylinux_2_34_x86_64", MANYLINUX).only(&["amd64"]),
    red_hat("quay.io/pypa/manylinux2014_aarch64", MANYLINUX).only(&["arm64"]),
    red_hat("quay.io/pypa/manylinux_2_28_aarch64", MANYLINUX).only(&["arm64"]),
    red_hat("quay.io/pypa/manylinux_2_34_aarch64", MANYLINUX).only(&["arm64"]),
    // Without a shell.
    bare_box("gcr.io/distroless/*").tagged("debug"),
    bare("gcr.io/distroless/*", DISTROLESS).tagged("nonroot").user("nonroot"),
    bare("gcr.io/distroless/*", DISTROLESS),
    // Microsoft.
    windows("mcr.microsoft.com/windows/nanoserver", &[]).user("ContainerUser").only(&["amd64"]),
    windows("mcr.microsoft.com/windows/servercore", &[]).only(&["amd64"]),
    windows("mcr.microsoft.com/windows/server", &[]).only(&["amd64"]),
    windows("mcr.microsoft.com/windows", &[]).only(&["amd64"]),
    windows("mcr.microsoft.com/windows/servercore/iis", &[]).only(&["amd64"]),
    windows("mcr.microsoft.com/dotnet/framework/*", DOTNET).only(&["amd64"]),
    windows("mcr.microsoft.com/dotnet/*", DOTNET).tagged("nanoserver"),
    windows("mcr.microsoft.com/dotnet/*", DOTNET).tagged("windowsservercore"),
    bare("mcr.microsoft.com/dotnet/*", DOTNET).tagged("chiseled").user("app"),
    bare("mcr.microsoft.com/dotnet/*", DOTNET).tagged("distroless").user("app"),
    alpine("mcr.microsoft.com/dotnet/*", DOTNET),
    red_hat("mcr.microsoft.com/dotnet/*", DOTNET)
        .tagged("azurelinux")
        .packages(PackageManager::Tdnf),
    debian("mcr.microsoft.com/dotnet/*", DOTNET),
    debian("mcr.microsoft.com/mssql/server", &["*"]).user("mssql").only(&["amd64"]),
];

const MANYLINUX: &[&str] = &[
    "LANG",
    "LC_ALL",
    "LANGUAGE",
    "AUDITWHEEL_*",
    "DEVTOOLSET_ROOTPATH",
    "LD_LIBRARY_PATH",
    "PKG_CONFIG_PATH",
    "SSL_CERT_FILE",
];

const fn bare_box(name: &'static str) -> KnownImage {
    alpine(name, DISTROLESS).tagged("").packages(PackageManager::None)
}

/// The architecture that a namespace of Docker Hub's official images stands for.
const ARCHITECTURES: &[(&str, &str)] = &[
    ("amd64/", "amd64"),
    ("arm64v8/", "arm64"),
    ("arm32v7/", "arm"),
    ("arm32v6/", "arm"),
    ("arm32v5/", "arm"),
    ("i386/", "386"),
    ("ppc64le/", "ppc64le"),
    ("s390x/", "s390x"),
    ("riscv64/", "riscv64"),
];

/// What is known of the image that `reference` names (variables expanded).
pub(super) fn lookup(reference: &str) -> Option<&'static KnownImage> {
    let (name, tag) = split(reference);
    let name = match official(name) {
        Some((_, name)) => name,
        None => name,
    };
    IMAGES.iter().find(|image| {
        let is_name = match image.name.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => image.name == name,
        };
        is_name && (image.tag.is_empty() || tag.contains(image.tag))
    })
}

/// Whether the image is known to exist, but not for the system `os`. Many a name stands for images
/// of both systems, and the builder takes that which fits.
pub(super) fn is_not_for(reference: &str, os: &str) -> bool {
    lookup(reference).is_some_and(|image| {
        let same_name = |other: &&KnownImage| other.name == image.name && other.os == os;
        image.os != os && (image.os != "linux" || !IMAGES.iter().any(|other| same_name(&other)))
    })
}

/// The one architecture that the namespace of `reference` stands for: `arm64v8/alpine`.
pub(super) fn namespace_architecture(reference: &str) -> Option<&'static str> {
    official(split(reference).0).map(|(architecture, _)| architecture)
}

/// Architecture and name of an image such as `arm64v8/alpine`.
fn official(name: &str) -> Option<(&'static str, &str)> {
    ARCHITECTURES.iter().find_map(|(namespace, architecture)| {
        let rest = name.strip_prefix(namespace)?;
        (!rest.contains('/')).then_some((*architecture, rest))
    })
}

/// Name and tag; of the name, what says no more than that it is Docker Hub's is left out.
fn split(reference: &str) -> (&str, &str) {
    let name = reference.split('@').next().unwrap_or(reference);
    let path = name.rfind('/').map_or(0, |slash| slash + 1);
    let (name, tag) = match name.get(path..).and_then(|last| last.find(':')) {
        Some(colon) => (&name[..path + colon], &name[path + colon + 1..]),
        None => (name, ""),
    };
    const HUBS: &[&str] = &["docker.io/", "index.docker.io/", "registry-1.docker.io/"];
    let hub = HUBS.iter().find_map(|hub| name.strip_prefix(hub)).unwrap_or(name);
    let mirrored = hub.strip_prefix("public.ecr.aws/docker/").unwrap_or(hub);
    (mirrored.strip_prefix("library/").unwrap_or(mirrored), tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_known_under_all_its_names() {
        for name in ["alpine", "docker.io/library/alpine:3.22", "arm64v8/alpine@sha256:0"] {
            assert_eq!(lookup(name).map(|image| image.shell), Some(ShellFamily::Ash), "{name}");
        }
        assert_eq!(namespace_architecture("arm64v8/alpine:3"), Some("arm64"));
        assert!(is_not_for("debian:12", "windows") && !is_not_for("golang:1.25", "windows"));
        assert!(lookup("registry.example.com/alpine").is_none());
        assert!(lookup("localhost:5000/team/app:1").is_none());
    }

    #[test]
    fn the_tag_chooses_the_row() {
        let shell = |name| lookup(name).map(|image| image.shell);
        assert_eq!(shell("python:3.12"), Some(ShellFamily::Dash));
        assert_eq!(shell("python:3.12-alpine3.20"), Some(ShellFamily::Ash));
        assert_eq!(shell("golang:1.25-windowsservercore-ltsc2025"), Some(ShellFamily::Windows));
        assert_eq!(shell("gcr.io/distroless/cc-debian12"), Some(ShellFamily::None));
        assert_eq!(shell("gcr.io/distroless/cc-debian12:debug"), Some(ShellFamily::Ash));
        assert_eq!(lookup("gcr.io/distroless/base:nonroot").and_then(|i| i.user), Some("nonroot"));
    }

    #[test]
    fn variables_are_known_by_name_or_start() {
        let cuda = lookup("nvidia/cuda:12.4.1-devel-ubuntu22.04");
        assert!(cuda.is_some_and(|image| image.sets("NV_CUDNN_VERSION") && image.sets("PATH")));
        assert!(lookup("node:22").is_some_and(|image| !image.sets("PYTHON_VERSION")));
    }
}
