"""The bill of materials: whole, the same each time, and of permitted licences only. All offline."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "docs" / "sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_licence_is_a_permitted_one(sbom: ModuleType) -> None:
    said = {name: sbom.licence(package) for name, package in sbom.packages().items()}
    assert {name: expression for name, expression in said.items() if not sbom.is_permitted(expression)} == {}


def test_what_is_required_is_in_the_bill(sbom: ModuleType) -> None:
    found = sbom.packages()
    bill = sbom.bill(found)
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    required = re.findall(
        r'^  "([a-z0-9-]+)[>=]', text.partition("dependencies = [")[2].partition("]")[0], re.MULTILINE
    )
    names = {component["name"] for component in bill["components"]}
    assert set(required) <= names
    refs = {component["bom-ref"] for component in bill["components"]} | {
        bill["metadata"]["component"]["bom-ref"]
    }
    assert {each for entry in bill["dependencies"] for each in (entry["ref"], *entry["dependsOn"])} == refs
    assert json.dumps(bill) == json.dumps(sbom.bill(sbom.packages()))


@pytest.mark.parametrize(
    ("expression", "permitted"),
    [("MIT", True), ("GPL-3.0-only", False), ("MIT OR GPL-3.0-only", True), ("MIT AND GPL-3.0-only", False),
     ("(Apache-2.0 OR BSD-3-Clause) AND MIT", True), ("", False), ("Apache-2.0 WITH LLVM-exception", True)],
)  # fmt: skip
def test_expressions(sbom: ModuleType, expression: str, permitted: bool) -> None:
    assert sbom.is_permitted(expression) is permitted


def test_the_command(sbom: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["sbom", str(tmp_path / "out" / "x.json")])
    with pytest.raises(SystemExit) as ended:
        sbom.main()
    assert ended.value.code == 0
    assert json.loads((tmp_path / "out" / "x.json").read_text("utf-8"))["specVersion"] == "1.6"


@pytest.mark.skipif(not (ROOT / "requirements.lock").exists(), reason="there is no lock file yet")
def test_the_lock_has_what_is_required_with_checksums() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))
    constraints = dict(
        line.lower().replace("_", "-").split("==")
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if "==" in line
    )
    assert {
        name: version for name, version in pinned.items() if constraints.get(name, version) != version
    } == {}
    assert {"rdflib", "pyoxigraph", "lxml", "waitress"} <= pinned.keys()
    for entry in re.split(r"\n(?=[a-z])", text):
        assert entry.startswith("#") or "--hash=sha256:" in entry
