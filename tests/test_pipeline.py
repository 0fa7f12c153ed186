from pathlib import Path

import pytest

from strategraph.errors import UnusableInputError
from strategraph.pipeline import Options, build

TEXT = "Goal 1: Reach rural women\n\nWe will reach them.\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (Options(language="en_US"), "no language tag"),
        (Options(language=""), "no language tag"),
        (Options(title=" \n"), "the title that was given is blank"),
        (Options(owner="\u200b"), "the owner that was given is blank"),
        (Options(base_iri="http://[x/"), "not an absolute IRI"),
    ],
)
def test_refuses_what_no_graph_can_hold(source: Path, options: Options, reason: str) -> None:
    with pytest.raises(UnusableInputError, match=reason):
        build(source, options)


def test_cleans_what_is_given(source: Path) -> None:
    result = build(source, Options(title=" Plan\nfor  all ", owner="\u00a0Valley Council"))
    assert result.plan.label == "Plan for all"
    assert result.plan.profile.owner is not None
    assert result.plan.profile.owner.name == "Valley Council"
    assert not result.report.of_severity("Violation")


def test_leaves_a_malformed_declared_language(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text("<html lang='x y\"@'><body><p>Goal 1: Zxq qqz</p></body></html>", encoding="utf-8")
    assert build(path).document.language == "und"


def test_a_label_of_endless_digits(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    text = f"Goal {'1' * 10_000}: Reach rural women\n\nGoal 2: Reach young people\n"
    path.write_text(text, encoding="utf-8")
    result = build(path)
    assert [(e.kind, e.number) for e in result.plan.elements if e.number] == [("Goal", "2")]
    assert max(map(len, (str(term) for triple in result.graph for term in triple[:2]))) < 400


def test_a_plain_text_that_form_feeds_part_has_pages(source: Path) -> None:
    source.write_text(TEXT + "\f\nGoal 2: Build schools for children\n", encoding="utf-8")
    result = build(source)
    assert not result.report.of_severity("Violation")
    assert {block.page for block in result.document.blocks} == {1, 2}
