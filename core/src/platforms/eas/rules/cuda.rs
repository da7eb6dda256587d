//! What the image needs of a GPU, and what the service gives it.

use super::super::service::{Service, services};
use super::super::spec::{CUDA_MOUNTED, DRIVER_OF_CUDA, GPU_FAMILIES};
use super::compute::{has_type, instance_types, is_type_name};
use super::image::images;
use crate::claims::{Claims, Start};
use crate::fact::Platform;
use crate::reference::Cuda;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Message, Place, text};
use crate::tree::Node;

/// Whether the type has an accelerator, by its family.
fn has_accelerator(name: &str) -> bool {
    let family = name.split('.').nth(1).unwrap_or_default();
    GPU_FAMILIES.value.iter().any(|known| family.starts_with(known))
}

/// Whether the Dockerfile may be that of the service's one container.
fn is_ours(service: Service<'_>, claims: &Claims) -> bool {
    service.containers().len() == 1 && claims.containers.len() == 1
}

/// The CUDA that the image holds by its name, or by that of the Dockerfile's base.
fn held_cuda(service: Service<'_>, claims: &Claims) -> Option<(Cuda, Place)> {
    if let [image] = &images(service)[..]
        && let Some(cuda) = image.reference.cuda()
        && let Some(at) = image.tag()
    {
        return Some((cuda, at));
    }
    let base = claims.base.as_ref().filter(|_| is_ours(service, claims))?;
    Some((base.value.cuda()?, base.at))
}

pub(super) static GPU_IMAGE_ON_CPU: Rule = Rule {
    id: "eas/cpu-instance-gpu-image",
    platform: Some(Platform::Eas),
    summary: text("a GPU image on resources without a GPU", "GPU 镜像运行在没有 GPU 的资源上"),
    message: text(
        "`{type}` has no GPU, but the service wants one",
        "`{type}` 没有 GPU，但该服务需要 GPU",
    ),
    why: text(
        "The server ends at its start, or runs on the CPU at a fraction of its speed.",
        "服务会在启动时退出，或以极低速度在 CPU 上运行。",
    ),
    help: text(
        "choose a type with a GPU, such as ecs.gn7i-c16g1.4xlarge, or an image without CUDA",
        "请选择带 GPU 的规格，例如 ecs.gn7i-c16g1.4xlarge，或使用不含 CUDA 的镜像",
    ),
    rests_on: &[&GPU_FAMILIES.source],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"cloud":{"computing":{"instances":[{"type":"«ecs.c7.large»"}]}},"containers":[{"image":"x","script":"vllm serve /m"}]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"cloud":{"computing":{"instance_type":"«ecs.c7.large»"}},"containers":[{"image":"a.example.com/b/c:1.0-cu121"}]}"#,
        ),
        bad(
            "-- Dockerfile --\nFROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nCMD [\"python3\", \"/app.py\"]\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\",\"cpu\":4,\"memory\":8000,\"gpu\":«0»},\"containers\":[{\"image\":\"x\"}]}\n",
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"cloud":{"computing":{"instances":[{"type":"ecs.gn7i-c16g1.4xlarge"}]}},"containers":[{"image":"x","script":"vllm serve /m"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"cloud":{"computing":{"instances":[{"type":"ecs.c7.large"}]}},"containers":[{"image":"x","script":"vllm serve /m --device cpu"}]}"#,
        ),
        // A slice of a GPU is asked for by its memory.
        good(
            r#"{"metadata":{"name":"a_b","resource":"eas-r-a1","cpu":4,"gpu":0,"gpu_memory":8},"containers":[{"image":"a.example.com/b/c:1.0-cu121"}]}"#,
        ),
    ],
    check: gpu_image_on_cpu,
    ..Rule::DEFAULT
};

fn gpu_image_on_cpu(cx: &Context<'_>, found: &mut Findings) {
    for service in services(cx) {
        let Some((node, name)) = without_gpu(service) else { continue };
        let Some((at, label)) = wants_gpu(service, cx.claims()) else { continue };
        let finding = found.add(&GPU_IMAGE_ON_CPU, node);
        match name {
            Some(name) => finding.arg("type", name),
            None => finding.says(text(
                "the service asks for no GPU, but its image wants one",
                "服务没有申请 GPU，但其镜像需要 GPU",
            )),
        };
        finding.related_message(at, label);
    }
}

/// What says that the instances have no GPU: their type, or the figures of `metadata`.
fn without_gpu(service: Service<'_>) -> Option<(Place, Option<&str>)> {
    let types = instance_types(service);
    if let Some(first) = types.first() {
        // One type that fits is enough: they are tried in order.
        let names = types.iter().filter_map(|node| node.as_str());
        let is_all_cpu = names.clone().all(|name| is_type_name(name) && !has_accelerator(name));
        return is_all_cpu.then_some((service.value(first), first.as_str()));
    }
    let sliced = service.metadata(&["gpu_memory"]);
    if has_type(service) || sliced.is_some_and(|node| node.as_f64() != Some(0.0)) {
        return None;
    }
    match service.metadata(&["gpu"]) {
        Some(gpu) => (gpu.as_f64() == Some(0.0)).then(|| (service.value(gpu), None)),
        None => {
            let cpu = service.root.lookup_member(&["metadata", "cpu"])?;
            Some((service.at(cpu.key_span), None))
        }
    }
}

/// What wants a GPU, and how it is known.
fn wants_gpu(service: Service<'_>, claims: &Claims) -> Option<(Place, Message)> {
    let own = claims.containers.iter().filter(|one| service.holds(one.at));
    let mut starts: Vec<&Start> = own.filter_map(|container| container.start.as_ref()).collect();
    if starts.is_empty() && is_ours(service, claims) {
        starts = claims.running();
    }
    // A word of it will do: programs spell it in many ways.
    let is_cpu = |start: &&Start| {
        let words = start.text.as_str();
        ["--device cpu", "--device=cpu", "--cpu", "CPU"].iter().any(|word| words.contains(word))
    };
    if starts.iter().any(is_cpu) {
        return None;
    }
    for start in starts {
        let servers = ["vllm", "sglang", "sglang.launch_server"];
        let launch = start.launches.iter().find(|one| servers.contains(&&*one.program_name));
        if let Some(launch) = launch {
            let label = Message::new(text("this server runs on GPUs", "该服务在 GPU 上运行"));
            return Some((start.place(launch.program), label));
        }
    }
    if let Some((cuda, at)) = held_cuda(service, claims) {
        let label = text("this image holds CUDA {cuda}", "该镜像含 CUDA {cuda}");
        return Some((at, Message::new(label).arg("cuda", cuda)));
    }
    let images = images(service);
    let is_gpu = |word: &str| word == "gpu";
    let image = images.iter().find(|image| {
        image.reference.tag().is_some_and(|tag| tag.split(['-', '_', '.']).any(is_gpu))
    })?;
    Some((image.tag()?, Message::new(text("by its tag it is for GPUs", "标签表明它用于 GPU"))))
}

pub(super) static CUDA_MISMATCH: Rule = Rule {
    id: "eas/cuda-mismatch",
    platform: Some(Platform::Eas),
    summary: text("another CUDA is mounted than the image holds", "挂载的 CUDA 与镜像中的不同"),
    message: text(
        "`cuda` mounts CUDA {mounted} at /usr/local/cuda, where the image has CUDA {held}",
        "`cuda` 会把 CUDA {mounted} 挂载到 /usr/local/cuda，而镜像中是 CUDA {held}",
    ),
    why: text(
        "The mount hides the image's own CUDA: programs built for it find the libraries of another version, or none.",
        "挂载会遮盖镜像自带的 CUDA：为其构建的程序会找到其他版本的库，或找不到库。",
    ),
    help: text("leave `cuda` out: the image brings its own", "请不要设置 `cuda`：镜像自带 CUDA"),
    rests_on: &[&CUDA_MOUNTED],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nCMD [\"python3\", \"/app.py\"]\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\",\"gpu\":1,\"cuda\":\"«11.2»\"},\"containers\":[{\"image\":\"x\"}]}\n",
        ),
        bad(
            r#"{"metadata":{"name":"a_b","gpu":1,"cuda":"«11.2»"},"containers":[{"image":"a.example.com/b/c:1.0-cu118"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","gpu":1,"cuda":"11.2"},"containers":[{"image":"a.example.com/b/c:1.0-cu112"}]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","gpu":1,"cuda":"11.2"},"containers":[{"image":"a.example.com/b/c:1.0"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let Some(node) = service.metadata(&["cuda"]).filter(|node| !node.is_unknown()) else {
                continue;
            };
            let Some(mounted) = node.as_str().and_then(Cuda::dotted) else { continue };
            let Some((held, at)) = held_cuda(service, cx.claims()) else { continue };
            let is_other_minor =
                mounted.minor.zip(held.minor).is_some_and(|(mounted, held)| mounted != held);
            if mounted.major != held.major || is_other_minor {
                let label = text("the image's CUDA {held}", "镜像中的 CUDA {held}");
                found
                    .add(&CUDA_MISMATCH, service.value(node))
                    .arg("mounted", mounted)
                    .arg("held", held)
                    .related_message(at, Message::new(label).arg("held", held));
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static DRIVER_TOO_OLD: Rule = Rule {
    id: "eas/gpu-driver-too-old",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a GPU driver older than the image's CUDA needs", "GPU 驱动低于镜像 CUDA 的要求"),
    message: text(
        "driver {driver} is too old for CUDA {cuda} of the image: it takes {least} or later",
        "驱动 {driver} 低于镜像 CUDA {cuda} 的要求：至少为 {least}",
    ),
    why: text(
        "The CUDA runtime refuses to start: `CUDA driver version is insufficient for CUDA runtime version`.",
        "CUDA 运行时拒绝启动：`CUDA driver version is insufficient for CUDA runtime version`。",
    ),
    help: text(
        "ask for driver {least} or later, or build on an older CUDA",
        "请使用 {least} 或更高版本的驱动，或基于较低版本的 CUDA 构建",
    ),
    rests_on: &[&DRIVER_OF_CUDA.source],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b","gpu":1},"features":{"eas.aliyun.com/gpu-driver-version":"«tesla=470.82.01»"},"containers":[{"image":"a.example.com/b/c:1.0-cu121"}]}"#,
        ),
        bad(
            "-- Dockerfile --\nFROM nvidia/cuda:13.0.0-runtime-ubuntu24.04\nCMD [\"python3\", \"/app.py\"]\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\",\"gpu\":1},\"features\":{\"eas.aliyun.com/gpu-driver-version\":\"«550.54.15»\"},\"containers\":[{\"image\":\"x\"}]}\n",
        ),
        good(
            r#"{"metadata":{"name":"a_b","gpu":1},"features":{"eas.aliyun.com/gpu-driver-version":"tesla=550.127.08"},"containers":[{"image":"a.example.com/b/c:1.0-cu121"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            let Some((node, driver)) = driver(service) else { continue };
            let Some((cuda, at)) = held_cuda(service, cx.claims()) else { continue };
            let needed = DRIVER_OF_CUDA.value.iter().find(|(major, _)| *major == cuda.major);
            let Some(&(_, least)) = needed else { continue };
            let major = driver.split('.').next().and_then(|major| major.parse::<u32>().ok());
            if major.is_some_and(|major| major < least) {
                let label = text("the image's CUDA {cuda}", "镜像中的 CUDA {cuda}");
                found
                    .add(&DRIVER_TOO_OLD, service.value(node))
                    .arg("driver", driver)
                    .arg("cuda", cuda)
                    .arg("least", least)
                    .related_message(at, Message::new(label).arg("cuda", cuda));
            }
        }
    },
    ..Rule::DEFAULT
};

/// The version of the driver that is asked for: `tesla=550.127.08`, or the version alone.
fn driver<'a>(service: Service<'a>) -> Option<(&'a Node, &'a str)> {
    let node = service.root.get("features")?.get("eas.aliyun.com/gpu-driver-version")?;
    let value = node.as_str().filter(|_| !node.is_unknown())?;
    let version = value.rsplit_once('=').map_or(value, |(_, version)| version).trim();
    let is_version = version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (is_version && version.starts_with(|c: char| c.is_ascii_digit())).then_some((node, version))
}
