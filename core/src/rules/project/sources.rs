//! What the rules across documents rest on.

use crate::fact::{Certainty, Citation, Publication};
use crate::text::text;

static HEALTHCHECK: Publication = Publication {
    title: "Dockerfile reference: HEALTHCHECK",
    url: "https://docs.docker.com/reference/dockerfile/#healthcheck",
    date: "2026-08",
};

pub(super) static HEALTH_IS_ASKED: Citation = Citation {
    publication: &HEALTHCHECK,
    says: text(
        "HEALTHCHECK says how to test a container to see that it is still working",
        "HEALTHCHECK 说明如何检查容器是否仍在正常工作",
    ),
    certainty: Certainty::Documented,
};

static COPY: Publication = Publication {
    title: "Dockerfile reference: COPY",
    url: "https://docs.docker.com/reference/dockerfile/#copy",
    date: "2026-08",
};

pub(super) static FILES_ARE_COPIED: Citation = Citation {
    publication: &COPY,
    says: text(
        "COPY puts files at the destination; a file of the context that no instruction copies is not in the image",
        "COPY 把文件放到目标路径；上下文中没有被复制的文件不会进入镜像",
    ),
    certainty: Certainty::Documented,
};

static LOGIN: Publication = Publication {
    title: "docker login: credentials are kept by registry",
    url: "https://docs.docker.com/reference/cli/docker/login/",
    date: "2026-08",
};

pub(super) static LOGINS_BY_HOST: Citation = Citation {
    publication: &LOGIN,
    says: text(
        "a login is kept, and used, for one registry's host",
        "凭证按仓库地址保存，只用于该仓库",
    ),
    certainty: Certainty::Documented,
};

static EXPOSE: Publication = Publication {
    title: "Dockerfile reference: EXPOSE",
    url: "https://docs.docker.com/reference/dockerfile/#expose",
    date: "2026-08",
};

pub(super) static ONE_SERVER: Citation = Citation {
    publication: &EXPOSE,
    says: text(
        "one image starts one server, on the ports that it is built to listen on",
        "一个镜像启动一个服务，监听其构建时确定的端口",
    ),
    certainty: Certainty::Inferred,
};

static IMAGE_CONFIG: Publication = Publication {
    title: "OCI image specification: image configuration",
    url: "https://github.com/opencontainers/image-spec/blob/main/config.md",
    date: "2024-02",
};

pub(super) static BUILT_FROM: Citation = Citation {
    publication: &IMAGE_CONFIG,
    says: text(
        "the configuration holds the values that the build was told: ports, command, environment, user, working folder",
        "镜像配置保存构建时指定的值：端口、命令、环境变量、用户和工作目录",
    ),
    certainty: Certainty::Documented,
};
