import json
from pathlib import Path
from typing import Any

import pytest

from strategraph.errors import UnusableInputError
from strategraph.evaluation.gold import (
    Gold,
    GoldElement,
    GoldGroup,
    GoldInstrument,
    GoldPlan,
    find_gold,
    load_gold,
)

COMPLETE: dict[str, Any] = {
    "document": "plan.txt",
    "language": "en",
    "plan": {"title": "Plan", "owner": None, "start": 2024, "end": None},
    "elements": [
        {
            "id": "g",
            "type": "Goal",
            "number": "1",
            "title": "Reach",
            "statement": "Reach all.",
            "parent": None,
        },
        {"id": "o", "type": "Objective", "number": None, "title": None, "statement": "Build.", "parent": "g"},
    ],
    "target_groups": [{"surface": "all", "concept": "everyone", "in": "g"}],
    "instruments": [
        {
            "surface": "Resolution 71 (Rev. Dubai, 2018)",
            "type": "Resolution",
            "body": "ITU Plenipotentiary Conference",
            "number": "71",
            "revision_place": "Dubai",
            "revision_year": 2018,
            "relation": "adoptedBy",
            "in": None,
        }
    ],
    "optional": ["o"],
    "not_annotated": ["Output"],
    "notes": ["free text"],
}


def write(folder: Path, content: object) -> Path:
    path = folder / "plan.txt.gold.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_a_complete_file(tmp_path: Path) -> None:
    assert load_gold(write(tmp_path, COMPLETE)) == Gold(
        document="plan.txt",
        language="en",
        plan=GoldPlan(title="Plan", start=2024),
        elements=(
            GoldElement("g", "Goal", "1", "Reach", "Reach all."),
            GoldElement("o", "Objective", statement="Build.", parent="g"),
        ),
        groups=(GoldGroup("all", "g"),),
        instruments=(
            GoldInstrument(
                "Resolution 71 (Rev. Dubai, 2018)",
                "Resolution",
                "71",
                "Dubai",
                2018,
                "adoptedBy",
                None,
                "ITU Plenipotentiary Conference",
            ),
        ),
        optional=frozenset({"o"}),
        not_annotated=frozenset({"Output"}),
    )


def test_only_the_document_must_be_there(tmp_path: Path) -> None:
    assert load_gold(write(tmp_path, {"document": "plan.txt"})) == Gold("plan.txt")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is no JSON: Expecting .* line 1"),
        ("[]", "must hold a table"),
        ({}, 'the key "document" is missing'),
        ({"document": 1}, "document: must be a text"),
        ({"document": " "}, "document: must be a text that is not empty"),
        ({**COMPLETE, "plan": []}, "plan: must be a table"),
        ({**COMPLETE, "plan": {"start": "2024"}}, r"plan\.start: must be a whole number"),
        ({**COMPLETE, "plan": {"end": True}}, r"plan\.end: must be a whole number"),
        ({**COMPLETE, "elements": {}}, "elements: must be a list"),
        ({**COMPLETE, "elements": ["Goal 1"]}, r"elements\[0\]: must be a table"),
        (
            {**COMPLETE, "elements": [{"id": "g", "type": "Gaol"}]},
            r"elements\[0\]\.type: must be one of Vision",
        ),
        ({**COMPLETE, "elements": COMPLETE["elements"] * 2}, 'two elements have the id "g"'),
        ({**COMPLETE, "optional": ["x"]}, 'optional refers to "x"'),
        ({**COMPLETE, "optional": [1]}, r"optional\[0\]: must be a text"),
        ({**COMPLETE, "target_groups": [{"surface": "all", "in": "x"}]}, 'target group "all" refers to "x"'),
        ({**COMPLETE, "target_groups": [{"surface": "all"}]}, r'target_groups\[0\]: the key "in" is missing'),
        (
            {**COMPLETE, "instruments": [{"surface": "A", "type": "Act"}]},
            r"instruments\[0\]\.type: must be one of",
        ),
        (
            {**COMPLETE, "instruments": [{"surface": "A", "type": "Policy", "relation": "adopts"}]},
            r"instruments\[0\]\.relation: must be one of cites, adoptedBy",
        ),
        (
            {**COMPLETE, "instruments": [{"surface": "A", "type": "Policy", "in": "x"}]},
            'instrument "A" refers to "x"',
        ),
        (
            {"document": "d", "elements": [{"id": "a", "type": "Goal", "parent": "x"}]},
            'element "a" refers to "x"',
        ),
        (
            {
                "document": "d",
                "elements": [
                    {"id": "a", "type": "Goal", "parent": "b"},
                    {"id": "b", "type": "Goal", "parent": "a"},
                ],
            },
            'element "a" is among its own parents',
        ),
    ],
)
def test_what_is_not_gold_is_refused_by_name(tmp_path: Path, content: object, message: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(UnusableInputError, match=message) as raised:
        load_gold(path)
    assert str(raised.value).startswith(str(path))
    assert "\n" not in str(raised.value)


def test_other_encodings_and_unreadable_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.gold.json"
    path.write_bytes('{"document": "é"}'.encode("latin-1"))
    with pytest.raises(UnusableInputError, match="utf-8"):
        load_gold(path)
    with pytest.raises(UnusableInputError, match="cannot be read"):
        load_gold(tmp_path)


def test_gold_is_found_in_folders_and_once(tmp_path: Path) -> None:
    for name in ("b.gold.json", "a.gold.json", "other.json"):
        (tmp_path / name).touch()
    single = tmp_path / "b.gold.json"
    assert find_gold([single, tmp_path]) == (single, tmp_path / "a.gold.json")


def test_missing_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="no such gold file"):
        find_gold([tmp_path / "missing.gold.json"])
    with pytest.raises(UnusableInputError, match=r"no \*\.gold\.json in this folder"):
        find_gold([tmp_path])
