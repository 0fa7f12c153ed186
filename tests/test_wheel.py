"""The built wheel, installed into a clean environment, builds the seed and serves its graph."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
import requests

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
        for folder in (
            "ontology",
            "shapes",
            "data/vocabularies",
            "data/languages",
            "data/citations",
            "data/proposals",
            "data/measures",
            "data/writing",
            "data/provisions",
        )
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    } | {
        str(path.relative_to(ROOT)) for path in (ROOT / "data").iterdir() if path.suffix in (".toml", ".ttl")
    }
    assert wanted <= inside, sorted(wanted - inside)


def test_the_wheel_has_the_page_and_its_licences(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    static = ROOT / "src" / "strategraph" / "querying" / "serving" / "static"
    wanted = {str(path.relative_to(ROOT / "src")) for path in static.rglob("*") if path.is_file()}
    assert any(name.endswith("vendor/yasqe.min.js") for name in wanted)
    assert wanted <= packed, sorted(wanted - packed)
    licences = "licenses/src/strategraph/querying/serving/static/vendor/LICENCES.txt"
    assert any(name.endswith(licences) for name in packed)


def test_the_wheel_builds_the_seed_and_serves_it(wheel: Path, tmp_path: Path) -> None:
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
    graph = tmp_path / "out" / f"{SEED.stem}.ttl"
    assert graph.stat().st_size > 10_000
    serve = [str(python), "-m", "strategraph", "serve", str(graph), "--port", "0"]
    with subprocess.Popen(serve, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            url = server.stdout.readline().rsplit(": ", 1)[1].split()[0]
            assert requests.get(f"{url}static/vendor/yasqe.min.js", timeout=60).status_code == 200
            asked = requests.get(f"{url}sparql", {"query": "ASK { ?s a sg:Goal }"}, timeout=60)
            assert asked.json()["boolean"] is True
        finally:
            server.terminate()
        assert server.wait(60) == 0
