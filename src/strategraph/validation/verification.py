"""Verifies a graph against its sources: that every quote stands where the graph says it stands.

For third parties: it needs the graph and the sources (or the ``x.txt`` that a build wrote), nothing of the
build itself, and shares no code with what wrote the evidence; only measures and the heads of names are
read again by the rules of reading. What can be checked without a source, such as
that a statement has the words of its evidence and no others, it checks as validation does.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rdflib import DCTERMS, RDF, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.errors import UnusableInputError
from strategraph.model.identifiers import DEFAULT_BASE
from strategraph.rdf.namespace import EXTRACTED, OA, PREFIXES, SG
from strategraph.rdf.terms import label_of, short_term
from strategraph.system.files import read_given
from strategraph.validation.checks import CLAIMS, name_of
from strategraph.validation.claims import evidence_names
from strategraph.validation.shapes import load_shapes
from strategraph.validation.subject import Quotes, Subject, integer, literal, only

_Triple = tuple[Node, Node, Node]
_QUOTED = 80  # characters of a quote in a message


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """Something that does not hold: the source and the line it is about (0: none in particular), and what."""

    source: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.source}: {f'line {self.line}: ' if self.line else ''}{self.what}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and what does not hold, in the order of the sources' texts."""

    sources: int
    quotes: int
    triples: int
    given: int
    failures: tuple[Failure, ...]

    def lines(self) -> Iterator[str]:
        """Yield each failure, the counts and the verdict."""
        yield from map(str, self.failures)
        yield (
            f"checked {_counted(self.quotes, 'quote')} in {_counted(self.sources, 'source')} and "
            f"{_counted(self.triples, 'extracted triple')}, {self.given} of them given by a person"
        )
        yield f"{_counted(len(self.failures), 'failure')}" if self.failures else "verified: everything holds"


@dataclass(frozen=True, slots=True)
class _GivenFile:
    """A file given as a source: its bytes' checksum, and the texts it may stand for, the likeliest first."""

    path: Path
    byte_sha256: str
    texts: tuple[str, ...]


def verify(graph: Graph, sources: Sequence[Path]) -> Verification:
    """Check the graph against the files, one for each of its source documents, in any order.

    Checks the checksums; of every evidence the words, what stands before and after them, the line, and that
    its triple is in the graph; that every extracted triple has evidence or was given by somebody; and what
    needs no source: that every literal which claims the text's words has them from its evidence, and that
    rules, evidence and sources have the names they must have. Raises :class:`UnusableInputError` if there is
    nothing to check, or a file is no source of it.
    """
    documents = sorted(graph.subjects(RDF.type, SG.SourceDocument), key=str)
    evidence = sorted(graph.subjects(RDF.type, SG.Evidence), key=str)
    if not documents or not evidence:
        missing = "evidence (a light graph?)" if documents else "source document"
        raise UnusableInputError(f"there is no {missing} in the graph, so there is nothing to verify")
    failures: list[Failure] = []
    texts: dict[Node, str] = {}
    files = [_open(path, _charsets(graph, documents)) for path in sources]
    for document, file in _matched(graph, documents, files):
        quotes = [node for node in evidence if (node, DCTERMS.source, document) in graph]
        texts[document], found = _verify_document(graph, document, file, quotes)
        failures += found
    failures += [
        Failure(
            _label(graph, node),
            _line(graph, node),
            f"{_short(node)} names no source of the graph",
        )
        for node in evidence
        if not any(document in texts for document in graph.objects(node, DCTERMS.source))
    ]
    triples, supported, given = _extracted(graph), _reified(graph, SG.Evidence), _reified(graph, SG.GivenFact)
    failures += [
        Failure(_label(graph, documents[0]), 0, f"no words for the extracted triple {_said(triple)}")
        for triple in sorted(triples - supported - given)
    ]
    failures += [
        Failure(_label(graph, documents[0]), 0, f"given, but not in the graph: {_said(triple)}")
        for triple in sorted(given)
        if triple not in graph
    ]
    failures += _claims(graph, _label(graph, documents[0]))
    return Verification(
        len(documents), len(evidence), len(triples), len(triples & given), tuple(sorted(failures))
    )


# --------------------------------------------------------------------------------------------------
# Files and the documents they are


def _charsets(graph: Graph, documents: list[Node]) -> dict[str, str]:
    """Return the encodings that had to be told, by the checksum of the bytes they are of."""
    return {
        str(checksum).lower(): charset
        for document in documents
        for checksum in graph.objects(document, SG.byteSha256)
        for format_ in graph.objects(document, DCTERMS.format)
        if (charset := str(format_).partition("; charset=")[2])
    }


def _open(path: Path, charsets: Mapping[str, str]) -> _GivenFile:
    """Read a file as a build would, and as the text that a build wrote."""
    from strategraph.reading import read
    from strategraph.reading.request import ReadingOptions

    try:
        data = read_given(path)
    except OSError as error:
        raise UnusableInputError(f"{path}: cannot be read ({error.strerror or error})") from error
    checksum = hashlib.sha256(data).hexdigest()
    told = ReadingOptions(encoding=charsets.get(checksum))
    texts: list[str] = []
    try:
        texts.append(read(path, told).source.text)
    except UnusableInputError:
        if not data:
            raise
        with suppress(UnusableInputError):  # what a build with --recover read
            texts.append(read(path, ReadingOptions(encoding=told.encoding, recover=True)).source.text)
    try:
        texts.append(data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
    except UnicodeDecodeError as error:
        if not texts:
            raise UnusableInputError(f"{path}: is neither a format that is read nor text") from error
    return _GivenFile(path, checksum, tuple(dict.fromkeys(texts)))


def _matched(
    graph: Graph, documents: list[Node], files: list[_GivenFile]
) -> Iterator[tuple[Node, _GivenFile]]:
    """Yield each document with its file: by checksum and, where one of each is left, with one another."""
    left = list(files)
    unmatched: list[Node] = []
    for document in documents:
        file = next((file for file in left if _is_of(graph, document, file)), None)
        if file is None:
            unmatched.append(document)
        else:
            left.remove(file)
            yield document, file
    if len(unmatched) == len(left) == 1:
        yield unmatched[0], left[0]
    elif unmatched:
        names = ", ".join(_label(graph, document) for document in unmatched)
        given = f"; {', '.join(str(file.path) for file in left)}: not by checksum" if left else ""
        raise UnusableInputError(f"no file given is the source {names}: give each with --source{given}")
    elif left:
        raise UnusableInputError(f"{left[0].path}: is not a source of this graph")


def _is_of(graph: Graph, document: Node, file: _GivenFile) -> bool:
    return _has(graph, document, SG.byteSha256, file.byte_sha256) or any(
        _has(graph, document, SG.textSha256, _sha256(text)) for text in file.texts
    )


def _has(graph: Graph, node: Node, predicate: Node, value: str) -> bool:
    return [str(found).lower() for found in graph.objects(node, predicate)] == [value]


def _verify_document(
    graph: Graph, document: Node, file: _GivenFile, evidence: list[Node]
) -> tuple[str, list[Failure]]:
    """Return the document's text and what does not hold in it: checksums, then each evidence."""
    name = _label(graph, document)
    exact = [text for text in file.texts if _has(graph, document, SG.textSha256, _sha256(text))]
    text = (exact or file.texts)[0]
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    faults = [(node, [*_faults(graph, node, text, lines)]) for node in evidence]
    failures = [Failure(name, _line(graph, node), fault) for node, found in faults for fault in found]
    wrong = sum(1 for _, found in faults if found)
    same_bytes = _has(graph, document, SG.byteSha256, file.byte_sha256)
    if not exact and not same_bytes:
        if evidence and wrong == len(evidence):
            raise UnusableInputError(
                f"{file.path}: is not the source {name}: its checksums differ, and of "
                f"{_counted(len(evidence), 'quote')} none holds in it"
            )
        held = (
            "all quotes hold in it" if not wrong else f"{wrong} of {len(evidence)} quotes do not hold in it"
        )
        failures.append(Failure(name, 0, f"{file.path} is another version: its checksums differ; {held}"))
    elif not exact:
        failures.append(
            Failure(
                name, 0, "the bytes are the source's, but its sg:textSha256 is not that of the text in them"
            )
        )
    named = str(document).rpartition("/")[2]
    if not _has(graph, document, SG.byteSha256, named):
        failures.append(Failure(name, 0, "sg:byteSha256 is not the checksum in the source's IRI"))
    return text, failures


# --------------------------------------------------------------------------------------------------
# Evidence


def _faults(graph: Graph, node: Node, text: str, lines: Sequence[int]) -> Iterator[str]:
    """Yield what is wrong with an evidence, held against its text; ``lines`` are where lines start."""
    subject, predicate, object_, source = (
        only(graph, node, p) for p in (RDF.subject, RDF.predicate, RDF.object, DCTERMS.source)
    )
    exact, before, after = (literal(graph, node, p) for p in (OA.exact, OA.prefix, OA.suffix))
    start, end, line = (integer(graph, node, p) for p in (OA.start, OA.end, SG.line))
    if subject is None or predicate is None or object_ is None or source is None:
        yield f"{_short(node)} does not say exactly one subject, predicate, object and source"
        return
    said = _said((subject, predicate, object_))
    if (subject, predicate, object_) not in graph:
        yield f"evidence of a triple that is not in the graph: {said}"
    if exact is None or before is None or after is None or start is None or end is None:
        yield f"the evidence of {said} does not say exactly one quote, prefix, suffix, start and end"
        return
    about = f"{_quoted(exact)} for {said}"
    if not 0 <= start < end <= len(text):
        yield f"{about}: {start} to {end} is no place in a text of {len(text)} characters"
        return
    if text[start:end] != exact:
        yield f"{about}: at {start} to {end} stands {_quoted(text[start:end])}"
    else:
        if not text.endswith(before, 0, start) or not (before or start == 0):
            yield f"{about}: the words before it are not {_quoted(before)}"
        if not text.startswith(after, end) or not (after or end == len(text)):
            yield f"{about}: the words after it are not {_quoted(after)}"
    right = bisect_right(lines, start)
    if line != right:
        yield f"{about}: is on line {right}, not {'on none' if line is None else line}"


def _claims(graph: Graph, fallback: str) -> Iterator[Failure]:
    """Yield each literal that its evidence does not say, and each name that is not what it was made from."""
    shapes = load_shapes()
    quotes = Quotes.of(graph)
    for check in CLAIMS:
        message = shapes.constraint(name_of(check)).message
        for fault in check(Subject(graph, quotes)):
            told = message.format(
                predicate="" if fault.path is None else _short(fault.path),
                value="" if fault.value is None else _term(fault.value),
            )
            quote = quotes.behind(fault.focus, fault.path, fault.value)
            source = None if quote is None else only(graph, quote.node, DCTERMS.source)
            name = fallback if source is None else _label(graph, source)
            yield Failure(name, (quote.line or 0) if quote else 0, f"{_short(fault.focus)}: {told}")


def _extracted(graph: Graph) -> set[_Triple]:
    """Return the triples that must have evidence; of titles, those of plans."""
    plans = set(graph.subjects(RDF.type, SG.StrategicPlan))
    return {
        (subject, predicate, object_)
        for predicate in EXTRACTED
        for subject, object_ in graph.subject_objects(predicate)
        if predicate != DCTERMS.title or subject in plans
    }


def _reified(graph: Graph, kind: URIRef) -> set[_Triple]:
    """Return the triples that nodes of a kind, evidence or given facts, name."""
    return {
        (subject, predicate, object_)
        for node in graph.subjects(RDF.type, kind)
        for subject in graph.objects(node, RDF.subject)
        for predicate in graph.objects(node, RDF.predicate)
        for object_ in graph.objects(node, RDF.object)
    }


# --------------------------------------------------------------------------------------------------
# Values and words


def _line(graph: Graph, node: Node) -> int:
    return integer(graph, node, SG.line) or 0


def _label(graph: Graph, node: Node) -> str:
    return label_of(graph, node) or str(node)


def _short(term: Node) -> str:
    return short_term(term, PREFIXES, DEFAULT_BASE)


def _term(term: Node) -> str:
    return _quoted(str(term)) if isinstance(term, Literal) else _short(term)


def _quoted(words: str) -> str:
    return f"“{textwrap.shorten(words, _QUOTED, placeholder='…')}”"


def _said(triple: _Triple) -> str:
    return " ".join(_short(term) for term in triple)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def renewed(graph: Graph) -> tuple[Graph, list[tuple[str, str]]]:
    """Return the graph with each whole evidence under its name, and the names that changed, old and new."""
    names = evidence_names(graph, Quotes.of(graph))
    changed = {node: URIRef(name) for node, name in names.items() if str(node) != name}
    found = Graph(bind_namespaces="none")

    def named(node: Node) -> Node:
        return changed.get(node, node)

    for subject, predicate, object_ in graph:
        found.add((named(subject), predicate, named(object_)))
    return found, sorted((str(old), str(new)) for old, new in changed.items())
