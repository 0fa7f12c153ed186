"""The same plan in any format has the same elements, groups and instruments, whoever wrote the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from strategraph.model import Document, Plan
from strategraph.pipeline import read_plan
from strategraph.reading import read

from .office_producers import archive, to_docx, to_odt
from .producers import OFFICE, convert, to_html, to_markdown, to_pdf

SEED = Path(__file__).parents[2] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"
# The filters by which LibreOffice reads a page as a text document, and writes Word's format.
FILTERS = {"odt": ":writer8", "docx": ":MS Word 2007 XML", "pdf": ""}

Facts = tuple[set[tuple[object, ...]], ...]


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


PRODUCERS: dict[str, Callable[[Document, Path], Path]] = {
    "md": lambda document, path: write(path, to_markdown(document)),
    "html": lambda document, path: write(path, to_html(document)),
    "docx": lambda document, path: write(path, archive(to_docx(document))),
    "odt": lambda document, path: write(path, archive(to_odt(document))),
    "pdf": to_pdf,
    "two-columns.pdf": lambda document, path: to_pdf(
        document,
        path,
        columns=2,
        header="For information",
        footer="Strategy and Planning",
        note="As adopted.",
    ),
}


def facts(plan: Plan) -> Facts:
    """Return what a plan states, whatever the place in its source."""
    elements = {element.iri: element for element in plan.elements}

    def words(text: str | None) -> str | None:
        # the seed has a space behind one slash, which a line's end in a PDF hides
        return text and text.replace("/ ", "/")

    def name(iri: str) -> str:
        # IRIs of elements hold the plan's, which may hold the source's checksum
        return iri.removeprefix(plan.iri)

    return (
        {
            (name(e.iri), e.kind, e.number, words(e.title), words(e.statement), name(e.parent))
            for e in plan.elements
        },
        {
            (name(link.subject), link.predicate, name(link.object))
            for link in plan.links
            if link.subject in elements
        },
        {(concept.iri, concept.label) for concept in plan.concepts},
        {(i.iri, i.kind, i.number, i.revision_place, i.revision_year) for i in plan.instruments},
        {
            (name(link.subject), link.predicate, link.object)
            for link in plan.links
            if link.predicate in ("cites", "adoptedBy")
        },
    )


@pytest.fixture(scope="module")
def known() -> Facts:
    found = facts(read_plan(SEED)[1])
    assert all(found), "the seed states elements, links, groups and instruments"
    return found


@pytest.mark.parametrize("name", PRODUCERS)
def test_the_seed_states_the_same_in_every_format(name: str, known: Facts, tmp_path: Path) -> None:
    path = PRODUCERS[name](read(SEED), tmp_path / f"{SEED.stem}.{name}")
    assert facts(read_plan(path)[1]) == known


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_the_seed_states_the_same_in_what_libreoffice_writes(known: Facts, tmp_path: Path) -> None:
    page = write(tmp_path / f"{SEED.stem}.html", to_html(read(SEED)))
    text = convert(page, "odt", tmp_path, filter=FILTERS["odt"])
    for path in (
        text,
        *(convert(text, target, tmp_path, filter=FILTERS[target]) for target in ("docx", "pdf")),
    ):
        assert facts(read_plan(path)[1]) == known, path.suffix
