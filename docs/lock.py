"""Write requirements.lock: what a released install consists of, with the checksum of every file it may fetch.

    python docs/lock.py > requirements.lock
    pip install --require-hashes --requirement requirements.lock

pip itself resolves, for each platform and version of Python below, what the project needs within
constraints.txt, and says which files it would fetch; nothing is installed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLATFORMS = (
    ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
    ("macosx_14_0_arm64", "macosx_11_0_arm64", "macosx_11_0_universal2", "macosx_10_9_universal2"),
    ("win_amd64",),
)
VERSIONS = ("3.11", "3.12", "3.13")


def main() -> None:
    """Print the lock file."""
    needed = wanted()
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for platforms in PLATFORMS:
        for version in VERSIONS:
            for item in resolved(needed, platforms, version):
                name = (item["metadata"]["name"].lower().replace("_", "-"), item["metadata"]["version"])
                found[name].add(item["download_info"]["archive_info"]["hashes"]["sha256"])
            print(f"{platforms[0]} {version}: resolved", file=sys.stderr)
    print("# Written by docs/lock.py; pip install --require-hashes --requirement requirements.lock")
    for (name, version), hashes in sorted(found.items()):
        lines = [f"{name}=={version}", *(f"    --hash=sha256:{value}" for value in sorted(hashes))]
        print(" \\\n".join(lines))


def wanted() -> list[str]:
    """Return the project's own requirements."""
    import tomllib

    with (ROOT / "pyproject.toml").open("rb") as file:
        return list(tomllib.load(file)["project"]["dependencies"])


def resolved(needed: list[str], platforms: tuple[str, ...], version: str) -> list[dict[str, dict[str, str]]]:
    """Return what pip would install there."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet",
            "--report", "-", "--disable-pip-version-check", "--only-binary=:all:", "--target", folder,
            "--python-version", version, "--constraint", str(ROOT / "constraints.txt"),
            *(f"--platform={name}" for name in platforms), *needed,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout)["install"])


if __name__ == "__main__":
    main()
