"""The package as a library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import strategraph

SEED = Path(__file__).parents[1] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"


def test_build() -> None:
    result = strategraph.build(SEED)
    assert result.plan.label == "ITU Strategic Plan 2024-2027"
    assert result.report.conforms
    assert len(result.graph) > 1000
    assert result.coverage.covered == 12


def test_options_are_keywords() -> None:
    assert strategraph.build(SEED, title="Another", evidence=False).plan.label == "Another"


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, strategraph, strategraph.cli; print({'rdflib', 'pyshacl', 'networkx'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom strategraph.cli import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        "print({'rdflib', 'pyshacl', 'networkx', 'pyoxigraph', 'lxml'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_build_of_plain_text_loads_nothing_that_only_others_need(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom strategraph.cli import main\n"
        f"assert CliRunner().invoke(main, ['build', {str(SEED)!r}, '-o', {str(tmp_path)!r}]).exit_code == 0\n"
        "print({'networkx', 'lxml', 'rich', 'requests', 'pypdfium2', 'docutils', 'markdown_it', 'selectolax',"
        " 'charset_normalizer', 'waitress', 'numpy', 'distributed', 'fsspec', 'asyncio', 'sqlite3',"
        " 'multiprocessing', 'rdflib.plugins.sparql'} & set(sys.modules))\n"
        "from strategraph.validation import engine\n"
        "print({'pyshacl'} & set(sys.modules) if engine.is_installed() else set())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["set()", "set()"]
