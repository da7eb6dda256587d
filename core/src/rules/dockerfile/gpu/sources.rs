//! What the rules on GPUs rest on.

use crate::fact::{Certainty, Citation, Publication};
use crate::text::text;

static ENVIRONMENT: Publication = Publication {
    title: "NVIDIA Container Toolkit: Specialized Configurations with Docker, Environment Variables",
    url: "https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html",
    date: "",
};

pub(super) static VISIBLE_DEVICES: Citation = Citation {
    publication: &ENVIRONMENT,
    says: text(
        "NVIDIA_VISIBLE_DEVICES names the GPUs that a container gets, by index or UUID; `all` means all of them, `none` the driver without a GPU, `void` or nothing neither",
        "NVIDIA_VISIBLE_DEVICES 按序号或 UUID 指定容器可用的 GPU；`all` 表示全部，`none` 表示只有驱动没有 GPU，`void` 或为空表示两者都没有",
    ),
    certainty: Certainty::Documented,
};

pub(super) static CAPABILITIES: Citation = Citation {
    publication: &ENVIRONMENT,
    says: text(
        "NVIDIA_DRIVER_CAPABILITIES chooses the driver's parts that are mounted: `compute` for CUDA, `utility` for nvidia-smi and NVML, `graphics`, `video` and `display` for the rest; `all` mounts everything",
        "NVIDIA_DRIVER_CAPABILITIES 选择挂载驱动的哪些部分：`compute` 用于 CUDA，`utility` 用于 nvidia-smi 和 NVML，其余为 `graphics`、`video`、`display`；`all` 全部挂载",
    ),
    certainty: Certainty::Documented,
};

static ARCHITECTURE: Publication = Publication {
    title: "NVIDIA Container Toolkit: Architecture Overview",
    url: "https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/arch-overview.html",
    date: "",
};

pub(super) static HOST_DRIVER: Citation = Citation {
    publication: &ARCHITECTURE,
    says: text(
        "the host's driver is put into the container when it starts, its libraries and nvidia-smi included; the image holds none of them",
        "容器启动时才把宿主机的驱动放入容器，包括其库和 nvidia-smi；镜像本身不包含它们",
    ),
    certainty: Certainty::Documented,
};

pub(super) static NO_GPU_IN_BUILD: Citation = Citation {
    publication: &ARCHITECTURE,
    says: text(
        "GPUs and driver come in through a hook of the container runtime; a plain RUN of a build does not pass through it",
        "GPU 和驱动通过容器运行时的钩子进入容器；普通构建的 RUN 不经过该钩子",
    ),
    certainty: Certainty::Inferred,
};

static INSTALLATION: Publication = Publication {
    title: "NVIDIA CUDA Installation Guide for Linux: Meta Packages",
    url: "https://docs.nvidia.com/cuda/cuda-installation-guide-linux/",
    date: "",
};

pub(super) static META_PACKAGES: Citation = Citation {
    publication: &INSTALLATION,
    says: text(
        "`cuda`, `cuda-X-Y` and `cuda-runtime-X-Y` install the driver too, `cuda-drivers` nothing but it; `cuda-toolkit-X-Y` installs the toolkit without driver",
        "`cuda`、`cuda-X-Y` 和 `cuda-runtime-X-Y` 会一并安装驱动，`cuda-drivers` 只安装驱动；`cuda-toolkit-X-Y` 只安装工具包，不含驱动",
    ),
    certainty: Certainty::Observed,
};

static CUDA_IMAGES: Publication = Publication {
    title: "NVIDIA CUDA images on Docker Hub: Overview of Images",
    url: "https://hub.docker.com/r/nvidia/cuda",
    date: "",
};

pub(super) static FLAVOURS: Citation = Citation {
    publication: &CUDA_IMAGES,
    says: text(
        "`base` holds the CUDA runtime, `runtime` adds the math libraries and NCCL, `devel` adds headers, compiler and tools for building",
        "`base` 含 CUDA 运行时，`runtime` 增加数学库和 NCCL，`devel` 再增加用于构建的头文件、编译器和工具",
    ),
    certainty: Certainty::Documented,
};

static EXTENSIONS: Publication = Publication {
    title: "PyTorch source: torch/utils/cpp_extension.py, _check_cuda_version",
    url: "https://github.com/pytorch/pytorch/blob/main/torch/utils/cpp_extension.py",
    date: "",
};

pub(super) static SAME_CUDA: Citation = Citation {
    publication: &EXTENSIONS,
    says: text(
        "an extension is compiled by the nvcc of the image; where its major version is not that of the CUDA that PyTorch was built with, the build stops with an error; another minor version gives a warning",
        "扩展由镜像中的 nvcc 编译；若其主版本与构建 PyTorch 所用的 CUDA 不同，构建会报错中止；仅次版本不同则只有警告",
    ),
    certainty: Certainty::Observed,
};

static WHEELS: Publication = Publication {
    title: "PyTorch: Get Started, Start Locally",
    url: "https://pytorch.org/get-started/locally/",
    date: "",
};

pub(super) static WHEEL_CUDA: Citation = Citation {
    publication: &WHEELS,
    says: text(
        "the index `…/whl/cuXYZ` and the local version `+cuXYZ` say which CUDA a wheel of PyTorch is built for, and brings along",
        "索引 `…/whl/cuXYZ` 和本地版本号 `+cuXYZ` 说明 PyTorch 的 wheel 针对哪个 CUDA 构建，并自带该版本",
    ),
    certainty: Certainty::Documented,
};

static CUPY: Publication = Publication {
    title: "CuPy: Installation, Installing CuPy from PyPI",
    url: "https://docs.cupy.dev/en/stable/install.html",
    date: "",
};

pub(super) static CUPY_CUDA: Citation = Citation {
    publication: &CUPY,
    says: text(
        "`cupy-cudaXXx` needs the CUDA Toolkit of that major version, from the system or from Python packages",
        "`cupy-cudaXXx` 需要对应主版本的 CUDA 工具包，可来自系统，也可来自 Python 软件包",
    ),
    certainty: Certainty::Documented,
};

static PROGRAMMING: Publication = Publication {
    title: "CUDA Programming Guide: CUDA Environment Variables",
    url: "https://docs.nvidia.com/cuda/cuda-programming-guide/05-appendices/environment-variables.html",
    date: "",
};

pub(super) static CUDA_VISIBLE: Citation = Citation {
    publication: &PROGRAMMING,
    says: text(
        "CUDA_VISIBLE_DEVICES lists the GPUs that a program sees, by index or UUID, where the start of a UUID will do; of a list with an invalid index only what stands before it is visible",
        "CUDA_VISIBLE_DEVICES 按序号或 UUID 列出程序可见的 GPU，UUID 可只写开头部分；遇到无效序号时，只有排在它前面的 GPU 可见",
    ),
    certainty: Certainty::Documented,
};

static DOCKER_SECURITY: Publication = Publication {
    title: "Docker Engine security: Docker daemon attack surface",
    url: "https://docs.docker.com/engine/security/",
    date: "",
};

pub(super) static DAEMON: Citation = Citation {
    publication: &DOCKER_SECURITY,
    says: text(
        "running containers needs a daemon with root's rights over the host",
        "运行容器需要一个对宿主机拥有 root 权限的守护进程",
    ),
    certainty: Certainty::Documented,
};
