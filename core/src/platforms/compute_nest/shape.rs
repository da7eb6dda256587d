//! The form of the command line's configuration file, as the published ones show it.

use crate::text::{Text, text};
use crate::tree::schema::{Field, Shape, Type, field};

const fn plain(name: &'static str, kind: Type, en: &'static str, zh: &'static str) -> Field {
    field(name, kind, text(en, zh))
}

const NONE: Text = text("", "");

static PACKAGE: Shape = Shape {
    fields: &[
        plain(
            "ArtifactType",
            Type::Choice(&["EcsImage", "File", "AcrImage", "HelmChart"]),
            "what the package holds",
            "部署物类型",
        ),
        plain("ArtifactName", Type::String, "the package's name", "部署物名称"),
        plain("VersionName", Type::String, "the version's name", "版本名称"),
        plain("Description", Type::String, "what it is, for people", "描述"),
        plain(
            "SupportRegionIds",
            Type::Array(&Type::String),
            "regions that it is distributed to",
            "分发的地域",
        ),
        field("ArtifactProperty", Type::Anything, NONE),
        field("ArtifactBuildProperty", Type::Anything, NONE),
    ],
    is_open: true,
};

static SUPPLIER: Shape = Shape {
    fields: &[
        plain(
            "AcrImageArtifactRelation",
            Type::Map(&Type::Anything),
            "packages of container images, by their identifiers",
            "容器镜像部署物，以标识符为键",
        ),
        plain(
            "HelmChartArtifactRelation",
            Type::Map(&Type::Anything),
            "packages of Helm charts, by their identifiers",
            "Helm Chart 部署物，以标识符为键",
        ),
        plain(
            "FileArtifactRelation",
            Type::Map(&Type::Anything),
            "packages of files, by their identifiers",
            "文件部署物，以标识符为键",
        ),
        plain(
            "ArtifactRelation",
            Type::Map(&Type::Anything),
            "ECS images, by the text that stands as ImageId",
            "ECS 镜像，以 ImageId 的文本为键",
        ),
    ],
    is_open: true,
};

static TEMPLATE: Shape = Shape {
    fields: &[
        plain("Name", Type::String, "the template's name", "模板名称"),
        plain("Url", Type::String, "the template's path", "模板路径"),
        plain(
            "AllowedRegions",
            Type::Array(&Type::String),
            "regions that it may be deployed in",
            "允许部署的地域",
        ),
    ],
    is_open: true,
};

static DEPLOY: Shape = Shape {
    fields: &[
        field("SupplierDeployMetadata", Type::Object(&SUPPLIER), NONE),
        field("TemplateConfigs", Type::Array(&Type::Object(&TEMPLATE)), NONE),
    ],
    is_open: true,
};

static SERVICE: Shape = Shape {
    fields: &[
        plain("RegionId", Type::String, "the service's region", "服务所在地域"),
        plain("DeployType", Type::String, "how it is deployed: ros", "部署方式：ros"),
        plain(
            "ServiceType",
            Type::Choice(&["private", "managed", "operation"]),
            "who runs it",
            "服务类型",
        ),
        field("DeployMetadata", Type::Object(&DEPLOY), NONE),
        field("ServiceInfo", Type::Anything, NONE),
    ],
    is_open: true,
};

/// The whole file.
pub static CONFIG: Shape = Shape {
    fields: &[
        plain("Service", Type::Object(&SERVICE), "the service", "服务"),
        plain("Artifact", Type::Map(&Type::Object(&PACKAGE)), "packages", "部署物"),
        plain(
            "AcrImageBuilder",
            Type::Map(&Type::Anything),
            "images that are built for it",
            "要构建的镜像",
        ),
    ],
    is_open: true,
};
