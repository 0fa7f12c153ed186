"""The manifest of a folder and the journal of a run."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from strategraph.corpus.records import (
    CONFORMS,
    JOURNAL,
    MANIFEST,
    TABLE,
    PlanRecord,
    load_records,
    open_records,
)
from strategraph.errors import UnusableInputError

ONE = PlanRecord("a", "../a.txt", CONFORMS, plan="p", claimed="p", outputs=("a.ttl",), counts={"Goal": 2})
TWO = PlanRecord("b", "../b\udcff.txt", CONFORMS, title="=1+1", left=("b.old",))


def test_what_is_noted_is_in_the_manifest(tmp_path: Path) -> None:
    with open_records(tmp_path) as records:
        records.put(TWO)
        records.put(ONE)
        records.close({"made_by": {"software": "1"}})
    assert load_records(tmp_path) == (ONE, TWO)
    assert not (tmp_path / JOURNAL).exists()
    assert json.loads((tmp_path / MANIFEST).read_text("utf-8"))["made_by"] == {"software": "1"}
    with (tmp_path / TABLE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["name"], row["Goal"], row["outputs"]) for row in rows] == [
        ("a", "2", "a.ttl"),
        ("b", "0", ""),
    ]


def test_a_run_that_was_interrupted_left_a_journal(tmp_path: Path) -> None:
    with open_records(tmp_path) as records:
        records.put(ONE)
        records.put(TWO)
        records.drop("b")
    with (tmp_path / JOURNAL).open("ab") as file:
        file.write(b'{"name": "c", "source"')  # cut off
    with open_records(tmp_path) as records:
        assert list(records) == [ONE]
        records.put(TWO)
    with open_records(tmp_path) as records:
        assert list(records) == [ONE, TWO]
        records.close({})
    assert load_records(tmp_path) == (ONE, TWO)


def test_the_last_line_counts_only_when_it_is_whole(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_text(f"{ONE.to_json()}\n{TWO.to_json()}", encoding="utf-8")
    with open_records(tmp_path) as records:
        assert list(records) == [ONE]


def test_nothing_noted_leaves_no_trace(tmp_path: Path) -> None:
    with open_records(tmp_path / "new"):
        pass
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize("content", ["{}", "[]", "x", '{"plans": [1]}', '{"plans": [{"name": "a"}]}'])
def test_what_is_no_manifest_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(UnusableInputError, match="is not the manifest of a build"):
        load_records(tmp_path)


def test_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match=r"has no manifest\.json"):
        load_records(tmp_path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnusableInputError, match="cannot write"), open_records(tmp_path / "file" / "out"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")
def test_another_run_waits(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from strategraph.corpus.records import PlanRecord, open_records\n"
        "with open_records(Path(sys.argv[1]), lambda: print('waits', flush=True)) as records:\n"
        "    print([record.name for record in records], flush=True)\n"
    )
    with open_records(tmp_path) as records:
        other = subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert other.stdout is not None
        assert other.stdout.readline() == "waits\n"
        records.put(ONE)
        records.close({})
    assert other.communicate()[0] == "['a']\n"
    assert not (tmp_path / JOURNAL).exists()
