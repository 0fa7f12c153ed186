"""The Java programs beside a module of tests."""

from __future__ import annotations

import shutil

import pytest

from .programs import compiled, need


@pytest.fixture(scope="module")
def classpath(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the class path of the Maven project in the folder of the tests, compiled in a copy."""
    home = request.path.parent
    need(f"Java for {home.name}", "mvn", "java")
    project = tmp_path_factory.mktemp(home.name) / "project"
    shutil.copytree(home, project)
    return compiled(project)
