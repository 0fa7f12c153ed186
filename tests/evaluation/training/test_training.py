"""Training: gold finds its units, and a small model learnt from the invented plans reads them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.understanding.test_units import document

from strategraph.understanding.model import from_text, shipped, to_json
from strategraph.understanding.wording import OUTCOMES

pytest.importorskip("lightgbm", reason="learning needs the extra train")
pytest.importorskip("sklearn", reason="learning needs the extra train")

from strategraph.evaluation.training import __main__ as command
from strategraph.evaluation.training import scores
from strategraph.evaluation.training.examples import Example, examples, place
from strategraph.evaluation.training.fit import TREES, as_forest, fit, fold
from strategraph.understanding.units import units

GOLD = Path(__file__).parents[3] / "data" / "gold"


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    """The examples of some invented plans, as many as make a model in seconds."""
    folder = tmp_path_factory.mktemp("gold")
    for path in sorted(GOLD.glob("*.gold.json"))[:9]:
        shutil.copy(path, folder)
        shutil.copy(path.with_name(path.name.removesuffix(".gold.json")), folder)
    return examples(folder)


def test_each_gold_element_finds_the_unit_that_says_it_best() -> None:
    made = document(
        ("heading", "What the plan says"),
        ("item", "Grow the network."),
        ("paragraph", "So: grow the network."),
        ("item", "Rest."),
    )
    element = {"id": "g1", "type": "Goal", "number": None, "title": None, "statement": "Grow the network."}
    outcomes, counts, said = place({"elements": [element], "optional": []}, units(made))
    assert [OUTCOMES[outcome] for outcome in outcomes][1] == "Goal"
    assert counts[1]
    assert said[1] == "g1"


def test_optional_elements_do_not_count() -> None:
    made = document(("item", "Grow the network."))
    element = {"id": "g1", "type": "Goal", "number": None, "title": None, "statement": "Grow the network."}
    assert place({"elements": [element], "optional": ["g1"]}, units(made))[1] == [False]


def test_publishers_keep_to_one_fold() -> None:
    assert {fold("itu", 5) for _ in range(3)} == {fold("itu", 5)}
    assert {fold(f"publisher {n}", 5) for n in range(100)} == set(range(5))


def test_a_small_model_reads_what_it_has_learnt_from(invented: list[Example], tmp_path: Path) -> None:
    model = fit(invented)
    text = command.as_text(to_json(model))
    assert from_text(text) == model
    found = [scores.scored(example, model) for example in invented]
    total = sum((one.blind for one in found), start=type(found[0].blind)())
    assert total.f1 is not None
    assert total.f1 > 0.8
    lines = scores.table(found).splitlines()
    assert lines[1].startswith("all")
    assert any(line.startswith("Goal ") for line in lines)
    assert command.as_text(to_json(fit(invented))) == text  # the same bytes again


def test_scores_are_cross_validated(invented: list[Example]) -> None:
    parts = {fold(example.publisher, 2) for example in invented}
    assert [one.example.name for one in scores.cross_validated(invented[:3], folds=1)] == []
    assert parts == {0, 1}


def test_without_data_it_says_where_they_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([str(tmp_path / "nowhere"), "--out", str(tmp_path / "x.json")]) == 2
    assert "data/models/SOURCES.md" in capsys.readouterr().err
    assert not (tmp_path / "x.json").exists()
    assert scores.main([str(tmp_path)]) == 2


def test_the_shipped_model_is_as_its_file_says() -> None:
    assert from_text(command.as_text(to_json(shipped()))) == shipped()


def _says_what_lightgbm_says(values: list[float], answers: list[bool]) -> None:
    lightgbm, numpy = pytest.importorskip("lightgbm"), pytest.importorskip("numpy")
    data = numpy.array([[value, value**2] for value in values])
    booster = lightgbm.train(
        {**TREES, "num_leaves": 31, "max_bin": 5000},
        lightgbm.Dataset(data, numpy.array(answers, dtype=float)),
        num_boost_round=60,
    )
    forest = as_forest(booster, ["value", "square"])
    said = [forest.score([float(value) for value in row]) for row in data]
    assert said == pytest.approx(list(booster.predict(data, raw_score=True)), abs=0.01)


def test_trees_say_what_lightgbm_says_where_values_are_close() -> None:
    """Shares lie close to each other: a threshold that is rounded to one of two sends it the other way."""
    shares = [count / total for total in range(1, 120) for count in range(total + 1)]
    _says_what_lightgbm_says(shares, [(share * 977) % 2 > 1 for share in shares])


def test_trees_say_what_lightgbm_says_of_nought_and_what_is_below() -> None:
    """What parts them is next to nought (-1e-35): rounded to nought, it sends nought the other way."""
    values = [float(value) for value in (-2, -1, 0, 1)] * 200
    _says_what_lightgbm_says(values, [value >= 0 for value in values])
