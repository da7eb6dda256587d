//! The keys that images and charts are pulled with: whether they are there, and used as they are
//! meant.

use super::super::spec::{CHART_NEEDS_KEY, IMAGE_NEEDS_KEY, KEY_IS_BASE64, KEY_IS_PULL_SECRET};
use super::super::view::{Use, templates};
use crate::document::{Content, Kind};
use crate::fact::Platform;
use crate::rule::{Context, Findings, Fix, Part, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::{Member, Node};

/// The first use in the template that `is_one`.
fn first<'a>(uses: &[Use<'a>], is_one: impl Fn(&Use<'a>) -> bool) -> Option<Use<'a>> {
    uses.iter().copied().find(|one| is_one(one))
}

fn lone(
    cx: &Context<'_>,
    found: &mut Findings,
    rule: &'static Rule,
    is_one: fn(&Use<'_>) -> bool,
    needs: fn(&Use<'_>) -> bool,
) {
    for file in templates(cx) {
        let uses = file.uses();
        if let Some(one) = first(&uses, is_one)
            && !uses.iter().any(needs)
        {
            found.add(rule, file.at(one.identifier.span()));
        }
    }
}

pub(super) static IMAGE_WITHOUT_KEY: Rule = Rule {
    id: "compute-nest/acrimage-without-credential",
    platform: Some(Platform::ComputeNest),
    summary: text("an image without the key to pull it", "使用了镜像但没有拉取密钥"),
    message: text(
        "no `{{ computenest::acr::dockerconfigjson }}` in the template: this image is pulled without a key",
        "模板中没有 `{{ computenest::acr::dockerconfigjson }}`，拉取该镜像时没有密钥",
    ),
    why: text(
        "The registry of Compute Nest gives images to those who have the temporary key; several of Alibaba Cloud's own templates do without, by means that no document tells.",
        "计算巢的镜像仓库只允许持有临时密钥者拉取；阿里云自己的部分模板没有使用密钥，其原理未见文档说明。",
    ),
    help: text(
        "put the key into a Secret and name it in imagePullSecrets",
        "请把密钥放入 Secret，并在 imagePullSecrets 中引用",
    ),
    rests_on: &[&IMAGE_NEEDS_KEY],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: '«{{ computenest::acrimage::web }}»'\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: '{{ computenest::acrimage::web }}'\n  B:\n    Value: '{{ computenest::acr::dockerconfigjson }}'\n",
        ),
    ],
    check: |cx, found| {
        lone(
            cx,
            found,
            &IMAGE_WITHOUT_KEY,
            |one| one.identifier.is("acrimage"),
            |one| one.identifier.is_key("acr"),
        );
    },
    ..Rule::DEFAULT
};

pub(super) static KEY_WITHOUT_IMAGE: Rule = Rule {
    id: "compute-nest/credential-without-acrimage",
    platform: Some(Platform::ComputeNest),
    summary: text("a key without an image", "有拉取密钥但没有镜像"),
    message: text(
        "the template has the key but no `{{ computenest::acrimage::NAME }}`",
        "模板中有密钥，但没有 `{{ computenest::acrimage::NAME }}`",
    ),
    why: text(
        "The key opens the registry of Compute Nest only; other images are not pulled with it.",
        "该密钥只能用于计算巢的镜像仓库，不能用来拉取其他镜像。",
    ),
    help: text("name the image by its identifier", "请用标识符引用镜像"),
    rests_on: &[&IMAGE_NEEDS_KEY],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: '«{{ computenest::acr::dockerconfigjson }}»'\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: '{{ computenest::helm::dockerconfigjson }}'\n",
        ),
    ],
    check: |cx, found| {
        lone(
            cx,
            found,
            &KEY_WITHOUT_IMAGE,
            |one| one.identifier.is_key("acr"),
            |one| one.identifier.is("acrimage"),
        );
    },
    ..Rule::DEFAULT
};

pub(super) static CHART_WITHOUT_KEY: Rule = Rule {
    id: "compute-nest/helmchart-without-credential",
    platform: Some(Platform::ComputeNest),
    summary: text("a chart without the key to pull it", "使用了 Helm Chart 但没有拉取密钥"),
    message: text(
        "no `{{ computenest::helm::dockerconfigjson }}` in the template: this chart is pulled without a key",
        "模板中没有 `{{ computenest::helm::dockerconfigjson }}`，拉取该 Chart 时没有密钥",
    ),
    why: text(
        "The chart is given to those who have the temporary key.",
        "只有持有临时密钥才能拉取该 Chart。",
    ),
    help: text("give the key as DockerConfigJson", "请以 DockerConfigJson 传入密钥"),
    rests_on: &[&CHART_NEEDS_KEY],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: '«{{ computenest::helmchart::web }}»'\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: '{{ computenest::helmchart::web }}'\n  B:\n    Value: '{{ computenest::helm::dockerconfigjson }}'\n",
        ),
    ],
    check: |cx, found| {
        lone(
            cx,
            found,
            &CHART_WITHOUT_KEY,
            |one| one.identifier.is("helmchart"),
            |one| one.identifier.is_key("helm"),
        );
    },
    ..Rule::DEFAULT
};

/// Resources that pull charts, with the property that takes the key.
const CHART_KEYS: &[(&str, &str)] = &[
    ("MODULE::ACS::ComputeNest::FluxOciHelmDeploy", "DockerConfigJson"),
    ("ALIYUN::CS::ClusterHelmApplication", "Credential"),
];

pub(super) static CROSSED: Rule = Rule {
    id: "compute-nest/identifier-crossed",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("the key of images where that of charts belongs", "镜像密钥与 Chart 密钥用反了"),
    message: text("`{written}` is the key of something else", "`{written}` 是另一种内容的密钥"),
    why: text(
        "The two registries are different: the pull is refused.",
        "两者属于不同的仓库，拉取会被拒绝。",
    ),
    help: text("use the other key", "请使用另一个密钥"),
    rests_on: &[&CHART_NEEDS_KEY, &IMAGE_NEEDS_KEY],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Chart:\n    Type: MODULE::ACS::ComputeNest::FluxOciHelmDeploy\n    Properties:\n      HelmChartUrl: '{{ computenest::helmchart::web }}'\n      DockerConfigJson: '«{{ computenest::acr::dockerconfigjson }}»'\nOutputs:\n  A:\n    Value: '{{ computenest::helm::dockerconfigjson }}{{ computenest::acrimage::web }}'\n",
        ),
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        data:\n          .dockerconfigjson: «{{ computenest::helm::dockerconfigjson }}»\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Chart:\n    Type: MODULE::ACS::ComputeNest::FluxOciHelmDeploy\n    Properties:\n      HelmChartUrl: '{{ computenest::helmchart::web }}'\n      DockerConfigJson: '{{ computenest::helm::dockerconfigjson }}'\n",
        ),
    ],
    check: crossed,
    ..Rule::DEFAULT
};

fn crossed(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        for one in file.uses() {
            let kind = one.resource.and_then(|resource| resource.kind()).unwrap_or_default();
            let takes_chart_key = CHART_KEYS.contains(&(kind, one.property));
            let is_image = one.identifier.is_key("acr") && takes_chart_key;
            let is_chart = one.identifier.is_key("helm") && one.property == "YamlContent";
            if is_image || is_chart {
                found
                    .add(&CROSSED, file.at(one.identifier.span()))
                    .arg("written", one.identifier.written())
                    .says(match is_image {
                        true => text(
                            "`{written}` is the key of images; here a chart is pulled",
                            "`{written}` 是镜像的密钥，此处拉取的是 Helm Chart",
                        ),
                        false => text(
                            "`{written}` is the key of charts; here images are pulled",
                            "`{written}` 是 Helm Chart 的密钥，此处拉取的是镜像",
                        ),
                    });
            }
        }
    }
}

/// Secrets of `part` that hold the key of images: the object, its name, the map and the entry.
fn key_secrets<'a>(part: Part<'a>) -> Vec<(Option<&'a str>, &'a Member, &'a Member)> {
    let mut found = Vec::new();
    for root in part.roots() {
        root.walk(&mut |_, node| {
            if node.get("kind").and_then(Node::as_str) != Some("Secret") {
                return;
            }
            let name = node.get("metadata").and_then(|one| one.get("name")).and_then(Node::as_str);
            for map in ["data", "stringData"].iter().filter_map(|map| node.member(map)) {
                for entry in map.node.members() {
                    let value = entry.node.as_str().unwrap_or_default();
                    if value.contains("computenest::acr::dockerconfigjson") {
                        found.push((name, map, entry));
                    }
                }
            }
        });
    }
    found
}

pub(super) static PULL_SECRET_MISSING: Rule = Rule {
    id: "compute-nest/imagepullsecret-missing",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text(
        "a pod that does not name the Secret with the key",
        "Pod 没有引用保存密钥的 Secret",
    ),
    message: text(
        "this image needs the Secret `{name}`, which the pod does not name",
        "该镜像需要 Secret `{name}`，但 Pod 没有引用",
    ),
    why: text(
        "The key is in the cluster but nobody uses it: ImagePullBackOff.",
        "密钥已在集群中，但没有被使用，导致 ImagePullBackOff。",
    ),
    help: text(
        "add `imagePullSecrets: [{name: {name}}]` to the pod's specification",
        "请在 Pod 的 spec 中加入 `imagePullSecrets: [{name: {name}}]`",
    ),
    rests_on: &[&KEY_IS_PULL_SECRET],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        data:\n          .dockerconfigjson: {{ computenest::acr::dockerconfigjson }}\n        ---\n        apiVersion: v1\n        kind: Pod\n        metadata: {name: web}\n        spec:\n          containers:\n            - name: web\n              image: «{{ computenest::acrimage::web }}»\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        data:\n          .dockerconfigjson: {{ computenest::acr::dockerconfigjson }}\n        ---\n        apiVersion: v1\n        kind: Pod\n        metadata: {name: web}\n        spec:\n          imagePullSecrets:\n            - name: pull\n          containers:\n            - name: web\n              image: {{ computenest::acrimage::web }}\n",
        ),
    ],
    check: pull_secret_missing,
    ..Rule::DEFAULT
};

fn pull_secret_missing(cx: &Context<'_>, found: &mut Findings) {
    for part in cx.parts(Kind::Kubernetes).filter(|part| part.inside.is_some()) {
        let secrets = key_secrets(part);
        let Some((name, _, entry)) = secrets.first().copied() else { continue };
        let Some(name) = name else { continue };
        // A service account may name it for all pods.
        let mut accounts = false;
        for root in part.roots() {
            root.walk(&mut |_, node| {
                let is_account = node.get("kind").and_then(Node::as_str) == Some("ServiceAccount");
                accounts |= is_account && node.get("imagePullSecrets").is_some();
            });
        }
        if accounts {
            continue;
        }
        for root in part.roots() {
            root.walk(&mut |_, pod| {
                let Some(containers) = pod.get("containers").and_then(Node::items) else { return };
                let needs = containers.iter().filter_map(|one| one.get("image")).find(|image| {
                    image.as_str().is_some_and(|text| text.contains("computenest::acrimage::"))
                });
                let Some(image) = needs else { return };
                let named = pod.get("imagePullSecrets").and_then(Node::items).unwrap_or_default();
                let is_named = named.iter().any(|one| {
                    one.is_unknown()
                        || one.get("name").is_some_and(|own| {
                            own.is_unknown()
                                || secrets.iter().any(|(name, _, _)| own.as_str() == *name)
                        })
                });
                if !is_named {
                    found
                        .add(&PULL_SECRET_MISSING, part.place(image.inner_span()))
                        .arg("name", name)
                        .related(part.place(entry.key_span), text("the key is here", "密钥在此"));
                }
            });
        }
    }
}

pub(super) static STRING_DATA: Rule = Rule {
    id: "compute-nest/secret-stringdata",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("the key under stringData", "密钥放在了 stringData 下"),
    message: text(
        "the key is base64 already; `stringData` encodes it a second time",
        "密钥已是 base64，`stringData` 会再次编码",
    ),
    why: text(
        "What the kubelet decodes is base64 instead of JSON: the Secret is refused.",
        "解码后得到的仍是 base64 而不是 JSON，Secret 会被拒绝。",
    ),
    help: text("put it under `data`", "请放在 `data` 下"),
    rests_on: &[&KEY_IS_BASE64],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        «stringData»:\n          .dockerconfigjson: {{ computenest::acr::dockerconfigjson }}\n",
        )
        .fixed(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        data:\n          .dockerconfigjson: {{ computenest::acr::dockerconfigjson }}\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        data:\n          .dockerconfigjson: {{ computenest::acr::dockerconfigjson }}\n",
        ),
    ],
    check: |cx, found| {
        for part in cx.parts(Kind::Kubernetes) {
            for (_, map, _) in key_secrets(part).iter().filter(|(_, map, _)| map.key == "stringData")
            {
                let at = part.place(map.key_span);
                let finding = found.add(&STRING_DATA, at);
                let is_exact = part.document.source.slice(map.key_span) == "stringData";
                if is_exact && map.node.members().len() == 1 {
                    finding.fix(
                        Fix::safe(text("put it under `data`", "改放在 `data` 下"))
                            .replace(at, "data"),
                    );
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static DOUBLE_BASE64: Rule = Rule {
    id: "compute-nest/secret-double-base64",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("the key encoded a second time", "密钥被再次编码"),
    message: text(
        "the key is base64 already; here it is encoded a second time",
        "密钥已是 base64，此处又编码了一次",
    ),
    why: text(
        "One decoding gives base64 instead of JSON: the login fails.",
        "解码一次得到的仍是 base64 而不是 JSON，登录失败。",
    ),
    help: text("use the identifier as it is", "请直接使用标识符"),
    rests_on: &[&KEY_IS_BASE64],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value:\n      Fn::Base64Encode: '«{{ computenest::acr::dockerconfigjson }}»'\n  B:\n    Value: '{{ computenest::acrimage::web }}'\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  A:\n    Value: '{{ computenest::acr::dockerconfigjson }}'\n  B:\n    Value: '{{ computenest::acrimage::web }}'\n",
        ),
    ],
    check: double_base64,
    ..Rule::DEFAULT
};

fn double_base64(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        file.template.root.walk(&mut |_, node| {
            let call = crate::ros::call(node).filter(|call| call.name == "Base64Encode");
            // A whole script may be encoded; the key alone may not.
            let text = call.and_then(|call| call.argument.as_text());
            let Some(text) = text else { return };
            let inside = super::super::identifier::identifiers(text);
            if let [only] = inside[..]
                && (only.is_key("acr") || only.is_key("helm"))
                && only.written().len() == text.text().trim().len()
            {
                found.add(&DOUBLE_BASE64, file.at(only.span()));
            }
        });
    }
}

pub(super) static DECODE_MISSING: Rule = Rule {
    id: "compute-nest/script-decode-missing",
    platform: Some(Platform::ComputeNest),
    summary: text("a script that uses the key without decoding it", "脚本使用密钥前没有解码"),
    message: text(
        "the key is base64; this script never decodes it",
        "密钥是 base64 文本，该脚本没有解码",
    ),
    why: text(
        "docker reads JSON, not base64: the login fails.",
        "docker 需要 JSON 而不是 base64，登录失败。",
    ),
    help: text("pipe it through `base64 -d`", "请通过 `base64 -d` 解码"),
    rests_on: &[&KEY_IS_BASE64],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      CommandContent: |\n        #!/bin/sh\n        echo '«{{ computenest::acr::dockerconfigjson }}»' > /root/.docker/config.json\n        docker run -d {{ computenest::acrimage::web }}\n  Group:\n    Type: ALIYUN::ECS::InstanceGroup\n    Properties: {InternetMaxBandwidthOut: 5}\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      CommandContent: |\n        #!/bin/sh\n        echo '{{ computenest::acr::dockerconfigjson }}' | base64 -d > /root/.docker/config.json\n        docker run -d {{ computenest::acrimage::web }}\n  Group:\n    Type: ALIYUN::ECS::InstanceGroup\n    Properties: {InternetMaxBandwidthOut: 5}\n",
        ),
    ],
    check: decode_missing,
    ..Rule::DEFAULT
};

fn decode_missing(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx) {
        let decodes = |property: &str, one: &Use<'_>| {
            let resource = one.resource.map(|resource| resource.name());
            let scripts = file.document.embedded.iter().filter(|inner| {
                inner.kind == Kind::Shell
                    && inner.property == property
                    && Some(inner.resource.as_str()) == resource
            });
            scripts.map(|inner| &inner.content).any(has_decoding)
        };
        let is_script = |one: &Use<'_>| {
            file.document.embedded.iter().any(|inner| {
                inner.kind == Kind::Shell
                    && inner.property == one.property
                    && one.resource.is_some_and(|own| own.name() == inner.resource)
            })
        };
        let uses = file.uses();
        let keys = uses.iter().filter(|one| one.identifier.is_key("acr") && is_script(one));
        for one in keys {
            if !decodes(one.property, one) {
                found.add(&DECODE_MISSING, file.at(one.identifier.span()));
            }
        }
    }
}

fn has_decoding(content: &Content) -> bool {
    let Content::Shell(shell) = content else { return false };
    shell.script.commands.iter().any(|command| {
        let decodes = ["-d", "-D", "--decode", "-di"].iter().any(|flag| command.has_argument(flag));
        command.name() == Some("base64") && decodes
            || command.name() == Some("openssl") && command.has_argument("-d")
            || command.name().is_some_and(|name| name.starts_with("python"))
    })
}
