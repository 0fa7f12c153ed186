"""Annotating any text, in Python and from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from strategraph import annotate
from strategraph.cli import main
from strategraph.resolution.annotation import COMMON, FIELDS, Mention, annotate_lines

TEXT = (
    "Schools help young people through a network of student volunteers.\n"
    "The World Health Organization (WHO) recalls Resolution 71 (Rev. Bucharest, 2022) of the ITU\n"
    "Plenipotentiary Conference. Clean energy contributes to SDG target 6.1.\n\nWe train women and nurses."
)


def run(*arguments: str, given_text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["annotate", *arguments], input=given_text)


def of_kind(kind: str, text: str = TEXT) -> list[Mention]:
    return [mention for mention in annotate(text, "en") if mention.kind == kind]


def test_words_stand_at_their_offsets_in_the_order_of_the_text() -> None:
    found = annotate(TEXT, "en")
    assert found
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(TEXT[one.start : one.end] == one.text for one in found)
    assert all(0 < one.confidence <= 1 for one in found)


def test_every_kind_is_found() -> None:
    paragraphs = f"{TEXT}\n\nRecalling A/RES/70/1 and A/75/982,"
    assert {mention.kind for mention in annotate(paragraphs, "en")} == set(FIELDS)


def test_a_provision_says_who_must_do_what_by_when() -> None:
    (one,) = of_kind("provision", "3. Requests the Secretary-General to report to it by 2030;")
    assert (one.part, one.verb, one.addressee, one.force, one.due) == (
        "operative",
        "request",
        "the Secretary-General",
        "binding",
        "by 2030",
    )


def test_a_document_is_cited_by_its_symbol() -> None:
    assert [(one.text, one.symbol) for one in of_kind("document", "Recalling A/RES/70/1 and A/75/982,")] == [
        ("A/75/982", "A/75/982")
    ]


def test_a_group_has_a_role() -> None:
    roles = {one.text: one.role for one in of_kind("group")}
    assert roles["young people"] == "addressed"
    assert roles["student volunteers"] == "involved"


def test_an_sdg_that_the_text_states_has_no_via_and_one_through_a_theme_has() -> None:
    by_words = {(one.text, one.goal, one.target): one.via for one in of_kind("sdg")}
    assert by_words["SDG target 6.1", 6, "6.1"] is None
    assert by_words["women", 5, None] == "https://w3id.org/strategraph/concept/target-group/women"


def test_an_instrument_has_its_number_and_year() -> None:
    (one,) = of_kind("instrument")
    assert (one.type, one.number, one.year) == ("Resolution", "71", 2022)


def test_organization_and_acronym() -> None:
    assert of_kind("organization")[0].iri == "https://w3id.org/strategraph/id/organization/who"
    assert [(one.label, one.long) for one in of_kind("acronym")] == [("WHO", "World Health Organization")]


def test_lines_are_texts_of_their_own() -> None:
    found = list(annotate_lines(["for young people", "", "and for women"], "en"))
    assert {(one.record, one.text) for one in found if one.kind == "group"} == {
        (0, "young people"),
        (2, "women"),
    }


def test_a_line_too_short_to_tell_is_read_as_most_of_the_others() -> None:
    lines = ["Wir wollen den Menschen in der Stadt helfen und die Kinder schützen.", "Kinder"]
    assert [one.record for one in annotate_lines(lines) if one.kind == "group"][-1:] == [1]


def test_command_prints_the_fields_of_each_kind_in_order(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("\ufeff" + TEXT, "utf-8")
    result = run(str(path), "--language", "en")
    assert result.exit_code == 0
    objects = [json.loads(line) for line in result.stdout.splitlines()]
    assert [tuple(one) for one in objects] == [(*COMMON, *FIELDS[one["kind"]]) for one in objects]
    assert [one["text"] for one in objects] == [one.text for one in annotate(TEXT, "en")]


def test_command_reads_standard_input_line_by_line() -> None:
    result = run("-", "--lines", given_text="for women\nfor children\n")
    records = {json.loads(line)["record"] for line in result.stdout.splitlines()}
    assert records == {0, 1}


def test_web_annotations_are_json() -> None:
    result = run("-", "-f", "oa", "--language", "en", given_text=TEXT)
    annotations = json.loads(result.stdout)
    assert len(annotations) == len(annotate(TEXT, "en"))
    assert {one["type"] for one in annotations} == {"Annotation"}
    place, quote = annotations[0]["target"]["selector"]
    assert TEXT[place["start"] : place["end"]] == quote["exact"]


def test_no_mentions_are_an_empty_list() -> None:
    assert json.loads(run("-", "-f", "oa", given_text="").stdout) == []


def test_table_has_a_line_a_mention() -> None:
    result = run("-", "-f", "table", "--language", "en", given_text=TEXT)
    assert len(result.stdout.splitlines()) == 1 + len(annotate(TEXT, "en"))


@pytest.mark.parametrize("arguments", [("missing.txt",), ("-", "--language", "not a tag")])
def test_unusable_input_is_one_line_and_status_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments, given_text="text")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\xff\xfe\x00x")
    assert run(str(path)).exit_code == 2


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("women für SDG 6 和农民 \n.,'’()-é\u00a0\u00ad"), max_size=80))
def test_any_text_can_be_annotated(text: str) -> None:
    assert all(text[one.start : one.end] == one.text for one in annotate(text))
