"""The built wheel, installed into a clean environment, builds the seed."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SEED = ROOT / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_has_all_resources(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if "/_resources/" in name}
    inside = {name.split("/_resources/", 1)[1] for name in packed}
    wanted = {
        str(path.relative_to(ROOT))
        for folder in ("ontology", "shapes", "data/vocabularies", "data/languages", "data/citations")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    } | {str(path.relative_to(ROOT)) for path in (ROOT / "data").glob("*.toml")}
    assert wanted <= inside, sorted(wanted - inside)


def test_the_wheel_builds_the_seed(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    environment = {
        key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(python), *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    installed = run(
        "-m", "pip", "install", "--quiet", "--constraint", str(ROOT / "constraints.txt"), str(wheel)
    )
    assert installed.returncode == 0, installed.stderr
    built = run("-m", "strategraph", "build", str(SEED), "-o", "out")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "out" / f"{SEED.stem}.ttl").stat().st_size > 10_000
