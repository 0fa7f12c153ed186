"""Paragraphs of resolutions: the tables of each language, and what one paragraph says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.extraction.provisions.openings import openings
from strategraph.extraction.provisions.paragraphs import read_paragraph

LANGUAGES = sorted(openings())
FORCES = {"binding", "hortatory", "declaratory"}
RELATIONS = {"recalls", "reaffirms", "repeals", "amends", "replaces"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables(language: str) -> None:
    words = openings()[language]
    assert words.operative
    assert words.preambular
    assert {verb.force for verb in words.operative.values()} == FORCES
    assert set(words.relations.values()) <= RELATIONS
    assert not words.preambular & set(words.operative)
    assert words.addressing <= {verb.base for verb in words.operative.values()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_opening_word_opens(language: str) -> None:
    words = openings()[language]
    for opening, verb in words.operative.items():
        read = read_paragraph(f"{opening} quelque" if words.spaced else f"{opening}某", language)
        assert (read.part, read.verb) == ("operative", verb.base), opening
    for opening in words.preambular:
        text = f"{opening} quelque," if words.spaced else f"{opening}某,"
        assert read_paragraph(text, language).part == "preambular", opening


@pytest.mark.parametrize(
    ("text", "part", "verb", "force", "addressee"),
    [
        ("Recalling its resolution 70/1,", "preambular", "recalling", None, None),
        ("Deeply concerned also that brooks run dry,", "preambular", "concerned", None, None),
        ("4. Requests the Secretary-General to report annually;", "operative", "request", "binding", "the Secretary-General"),
        ("Also urges Member States, in particular those upstream, to share data;", "operative", "urge", "hortatory", "Member States"),
        ("Notes the report, and invites all parties to comment;", "operative", "note", "declaratory", "all parties"),
        ("Decides that the Council shall meet twice a year;", "operative", "decide", "binding", "the Council"),
        ("Encourages further efforts to restore meadows;", "operative", "encourage", "hortatory", None),
        ("instructs the Director of the Brook Bureau", "operative", "instruct", "binding", "the Director of the Brook Bureau"),
        ("charge le Directeur de présenter un rapport ;", "operative", "charger", "binding", "le Directeur"),
        ("Insta a los Estados Miembros a que adopten medidas;", "operative", "instar", "hortatory", "los Estados Miembros"),
        ("5. просит Генерального секретаря представить доклад;", "operative", "просить", "binding", "Генерального секретаря"),
        ("回顾其决议，", "preambular", "回顾", None, None),
        ("12. Des essais devraient précéder toute réforme des écoles du pays.", "operative", None, None, None),
        ("The General Assembly,", "none", None, None, None),
        ("PRACTICAL MEASURES", "none", None, None, None),
        ("Adopted by the Security Council at its 4th meeting, on 3 May 2020", "none", None, None, None),
        ("", "none", None, None, None),
    ],
)  # fmt: skip
def test_what_a_paragraph_says(
    text: str, part: str, verb: str | None, force: str | None, addressee: str | None
) -> None:
    read = read_paragraph(text)
    assert (read.part, read.verb, read.force) == (part, verb, force)
    assert (read.addressee.text if read.addressee else None) == addressee


@pytest.mark.parametrize(
    ("text", "due", "reports_to"),
    [
        ("Requests the Board to report to the Meadow Assembly at its ninth session;", "at its ninth session", "the Meadow Assembly"),
        ("Requests the Board to submit a plan no later than 31 March 2024;", "no later than 31 March 2024", None),
        ("instructs the Director to tell the Board annually of the brook, and to report to the Meadow Council;", "annually", "the Meadow Council"),
        ("prie le Directeur de présenter un rapport au Conseil à sa prochaine session ;", "à sa prochaine session", "Conseil"),
        ("Recalls that it meets annually;", None, None),
    ],
)  # fmt: skip
def test_by_when_and_to_whom(text: str, due: str | None, reports_to: str | None) -> None:
    read = read_paragraph(text)
    assert (read.due.text if read.due else None) == due
    assert (read.reports_to.text if read.reports_to else None) == reports_to


def test_a_numbered_sentence_that_begins_like_a_preamble_is_operative() -> None:
    assert (
        read_paragraph("3. Considering the drought, meadows should rest for two years.").part == "operative"
    )


@given(st.text(max_size=300), st.sampled_from([None, *LANGUAGES]))
def test_words_stand_where_they_are_said_to(text: str, language: str | None) -> None:
    read = read_paragraph(text, language)
    for words in (read.verb_words, read.addressee, read.due, read.reports_to):
        if words is not None:
            assert text[words.start : words.end] == words.text
