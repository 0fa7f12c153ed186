import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.errors import UnusableInputError
from strategraph.model.identifiers import Namer, check_base, is_language_tag, slug

ANY = st.text(st.characters(exclude_categories=()))


@given(ANY)
def test_every_slug_is_a_segment_of_a_valid_iri(label: str) -> None:
    name = slug(label)
    assert 0 < len(name) <= 210
    assert "/" not in name
    pyoxigraph.NamedNode(Namer().plan(name))  # raises if it is no valid IRI


def test_what_no_iri_may_have_is_lost_but_tells_slugs_apart() -> None:
    assert slug("a\U000e0100b") not in (slug("ab"), slug("a\U000e0101b"))


def test_a_long_label_has_a_short_slug_of_its_own() -> None:
    first, second = slug("word " * 100 + "one"), slug("word " * 100 + "two")
    assert first != second
    assert len(first) < 220
    assert first.startswith("word-word-")


@given(ANY)
def test_a_base_leads_valid_iris_or_is_refused(text: str) -> None:
    for base in (text, f"https://example.org/{text}/"):
        try:
            checked = check_base(base)
        except UnusableInputError:
            continue
        pyoxigraph.NamedNode(Namer(checked).plan("x"))


@pytest.mark.parametrize(
    "base",
    [
        "http://[::1/",
        "http://[x]/",
        "https://x.org/%zz/",
        "https://@/",
        "https://x.org/[/",
        "https://x:y/",
        "https://x#y#/",
        "x/",
        "",
    ],
)
def test_refuses_what_is_no_absolute_iri(base: str) -> None:
    with pytest.raises(UnusableInputError, match="not an absolute IRI"):
        check_base(base)


@pytest.mark.parametrize("base", ["https://example.org/#", "urn:example:"])
def test_all_names_follow_the_base_at_once(base: str) -> None:
    namer = Namer(base)
    assert namer.organization("x") == f"{base}organization/x"
    assert namer.event("x") == f"{base}event/x"


@pytest.mark.parametrize(
    "tag",
    ["en", "zh-Hant-TW", "EN-us", "it-x-a", "sl-rozaj-1994", "zh-cmn-Hans", "de-u-co-phonebk", "es-419"],
)
def test_language_tags(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize(
    "tag",
    ["", "en_US", "en us", '"@en', "é", "1", "en-", "../en", "utf-7en", "en-a", "en-x", "en-US-GB", "e"],
)
def test_no_language_tags(tag: str) -> None:
    assert not is_language_tag(tag)


@given(st.from_regex(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8}){0,5}", fullmatch=True))
def test_a_language_tag_can_be_written_as_rdf(tag: str) -> None:
    if is_language_tag(tag):
        assert pyoxigraph.Literal("text", language=tag).language == tag.lower()
