#!/usr/bin/env python3
"""Compares plimsoll with tools that read image archives: time and memory of whole processes.

    python3 tests/peers/images.py [--runs N] [--mib N] [--scratch DIR] [--plimsoll PROGRAM]

Writes an OCI layout of about one gibibyte, as a folder and as a tar archive: eight layers in turn
of random bytes and of text that compresses, every second pair as gzip. Then the programs take turns:

- plimsoll --quick, and skopeo inspect: what manifests and configuration say (skopeo unpacks the
  archive to a temporary folder for it);
- plimsoll, and skopeo copy (into a folder): every blob is read and its digest verified; skopeo
  writes the blobs, too, plimsoll inflates the layers, verifies what they inflate to and lists their
  files;
- umoci unpack: layers are inflated, verified and written to a folder.

The figures of one run may be compared with one another, not with those of another machine. Needs
Linux and skopeo and umoci in PATH (Debian has both); what is missing is left out, and that is said.
"""

import argparse
import gzip
import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

# Nothing is left in the checkout.
sys.dont_write_bytecode = True
from compare import CHECKOUT, build, compare

TYPE = "application/vnd.oci.image."


def layer(index, size):
    """A tar archive of files of half a mebibyte."""
    words = [random.randbytes(random.randint(3, 12)) for _ in range(4000)]
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for number in range(max(1, size >> 19)):
            is_random = index % 2 == 0
            data = random.randbytes(1 << 19) if is_random else b"".join(random.choices(words, k=70000))
            entry = tarfile.TarInfo(f"srv/layer{index}/file{number}")
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def layout(folder, size):
    """Writes the layout and answers its bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True)

    def put(kind, data):
        digest = hashlib.sha256(data).hexdigest()
        (blobs / digest).write_bytes(data)
        return {"mediaType": TYPE + kind, "digest": f"sha256:{digest}", "size": len(data)}

    random.seed(1)
    layers, diff_ids = [], []
    for index in range(8):
        data = layer(index, size // 8)
        diff_ids.append("sha256:" + hashlib.sha256(data).hexdigest())
        if index % 4 >= 2:
            layers.append(put("layer.v1.tar+gzip", gzip.compress(data, 1, mtime=0)))
        else:
            layers.append(put("layer.v1.tar", data))
    config = {
        "architecture": "amd64",
        "os": "linux",
        "config": {"Cmd": ["/app"]},
        "rootfs": {"type": "layers", "diff_ids": diff_ids},
        "history": [{"created_by": "made"} for _ in diff_ids],
    }
    config = put("config.v1+json", json.dumps(config).encode())
    manifest = {"schemaVersion": 2, "config": config, "layers": layers}
    manifest = put("manifest.v1+json", json.dumps(manifest).encode())
    manifest["annotations"] = {"org.opencontainers.image.ref.name": "1"}
    (folder / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')
    (folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [manifest]}))
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main():
    parser = argparse.ArgumentParser(description="Time and memory of plimsoll on an image.")
    parser.add_argument("--runs", type=int, default=3, help="runs of each program")
    parser.add_argument("--mib", type=int, default=1024, help="size of the image before compression")
    parser.add_argument("--scratch", type=Path, help="a folder, in which a new one is made")
    parser.add_argument("--plimsoll", type=Path, help="a program that is built already")
    options = parser.parse_args()
    if options.scratch and CHECKOUT in [options.scratch.resolve(), *options.scratch.resolve().parents]:
        parser.error("--scratch must lie outside of the checkout")
    plimsoll = str((options.plimsoll or build()).resolve())
    with tempfile.TemporaryDirectory(prefix="plimsoll-peers-", dir=options.scratch) as scratch:
        measure(plimsoll, Path(scratch), options)


def measure(plimsoll, scratch, options):
    """Runs every program in `scratch` and prints the table."""
    size = layout(scratch / "layout", options.mib << 20)
    with tarfile.open(scratch / "image.tar", "w") as tar:
        for path in sorted((scratch / "layout").iterdir()):
            tar.add(path, arcname=path.name)
    cores = sorted(os.sched_getaffinity(0))
    archive, one_core = "oci-archive:image.tar:1", ["taskset", "--cpu-list", str(cores[0])]
    # A shell gives every run a folder of its own, and is then replaced by the program.
    unpack = 'exec umoci unpack --rootless --image layout:1 "unpacked-$$"'
    tasks = [
        ("plimsoll --quick", [plimsoll, "image", "inspect", "--quick", "image.tar"]),
        ("skopeo inspect", ["skopeo", "inspect", archive]),
        ("plimsoll", [plimsoll, "image", "inspect", "image.tar"]),
        ("plimsoll, 1 core", [*one_core, plimsoll, "image", "inspect", "image.tar"]),
        ("skopeo copy", ["skopeo", "copy", "-q", "--insecure-policy", archive, "dir:copied"]),
        ("umoci unpack", ["sh", "-c", unpack]),
    ]
    commands = {}
    for name, arguments in tasks:
        program = name.split()[0].rstrip(",")
        if program != "plimsoll" and shutil.which(program) is None:
            print(f"{name}: {program} is not installed", file=sys.stderr)
            continue
        # What fails would seem fast.
        subprocess.run(arguments, cwd=scratch, check=True, capture_output=True)
        commands[name] = arguments
    figures = compare(commands, scratch, options.runs)
    own, _ = figures["plimsoll"]
    row = "{:<18} {:>10} {:>8} {:>14}"
    print(f"{size / (1 << 20):.0f} MiB, {len(cores)} processors")
    print(row.format("program", "time (s)", "ratio", "memory (MiB)"))
    for name, (time, peak) in figures.items():
        print(row.format(name, f"{time:.3f}", f"{time / own:.3f}", f"{peak:.1f}"))


if __name__ == "__main__":
    main()
