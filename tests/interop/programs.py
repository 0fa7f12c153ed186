"""Programs that a test needs of this machine, and what they fetch by their ordinary clients."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest


def need(purpose: str, *tools: str) -> None:
    """Skip a test whose programs this machine has not; in CI it fails."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{purpose} cannot run: {', '.join(missing)} not installed")
    if missing:
        pytest.skip(f"{purpose} was not tried: {', '.join(missing)} not installed")


def download(*command: str) -> None:
    """Run a command that downloads, again after a pause if it fails."""
    for pause in (5, 20, 60):
        if subprocess.run(command, check=False).returncode == 0:
            return
        time.sleep(pause)
    subprocess.run(command, check=True)


def compiled(project: Path) -> str:
    """Compile a Maven project where it stands; return its class path, with all that it needs."""
    download("mvn", "-q", "-B", "-f", str(project), "compile", "dependency:copy-dependencies")
    return os.pathsep.join(
        [str(project / "target" / "classes"), str(project / "target" / "dependency" / "*")]
    )
