"""The way of the data, from a source to a validated graph.

path ─read→ Document ─understand→ sections ─join, correct→ sections ─extract→ Mentions ─join, decide→ Mentions
     ─resolve→ Plan ─to_graph→ triples ─validate→ Report
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from strategraph.errors import NothingRecognisedError, UnusableInputError
from strategraph.extraction import extract
from strategraph.extraction.own_tables import check_own_tables
from strategraph.knowledge.resources import own_files, own_tables
from strategraph.knowledge.vocabulary import Vocabulary, load
from strategraph.model import (
    CURATOR,
    Document,
    Mentions,
    OwnerReading,
    Plan,
    Profile,
    Reading,
    Section,
    passage,
)
from strategraph.model.identifiers import DEFAULT_BASE, Namer, check_base, is_language_tag
from strategraph.reading import read
from strategraph.reading.request import Original, ReadingOptions
from strategraph.resolution.confidence_floor import only_sure
from strategraph.resolution.coverage import Coverage, cover
from strategraph.resolution.plan import resolve
from strategraph.resolution.unrecognised import STRONG_TITLE, Silence, language_silences, silences
from strategraph.understanding import understand

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from rdflib import Graph

    from strategraph.curation import Placed, Readings
    from strategraph.curation.entries import ElementEntry
    from strategraph.validation import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(ReadingOptions):
    """How to read a source, and to build its graph; the defaults are those of the command line.

    ``rules`` is a folder of tables of the user's own, such as a language; ``min_confidence`` leaves out what
    is less sure; ``corrections`` and ``readings`` are files of a curator's decisions and of a model's
    proposals; ``own`` says whether what we read ourselves counts beside proposals; ``stage`` is told what is
    done next. ``title`` … ``end`` and ``language`` are what the user says of the plan: they replace what was
    read and are marked in the graph as given. ``taken`` are the IRIs of plans built before, each with the
    checksum of its source: another plan that would have one of them is told apart by its own source's
    checksum.
    """

    base_iri: str = DEFAULT_BASE
    vocabularies: tuple[Path, ...] = ()
    rules: Path | None = None
    corrections: Path | None = None
    readings: Path | None = None
    own: bool = True
    evidence: bool = True
    min_confidence: float = 0.0
    stage: Callable[[str], object] | None = None
    title: str | None = None
    owner: str | None = None
    start: int | None = None
    end: int | None = None
    taken: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """All that a build makes; ``remarks`` says what of proposals the source does not bear out.

    ``silences`` say what of the source was not understood; they are Warnings of the report, too.
    """

    document: Document
    plan: Plan
    graph: Graph
    report: Report
    coverage: Coverage
    remarks: tuple[str, ...] = ()
    silences: tuple[Silence, ...] = ()

    def network(self, view: str = "full", *, measures: bool = False) -> MultiDiGraph:
        """Return the graph as networkx has it, in a view ("full", "plan", "groups", "citations", "mandates").

        Attributes are the columns of the GraphML (``docs/graphml.md``), with ``measures`` those, too;
        :func:`strategraph.from_networkx` leads back. Raises :class:`UnusableInputError`
        for an unknown view, and if networkx is not installed.
        """
        from strategraph.export import NetworkOptions
        from strategraph.export.network.networkx_graph import to_networkx

        return to_networkx(self.graph, NetworkOptions(view=view, measures=measures))


def build(source: Path | str | Original, options: Options | None = None) -> Result:
    """Read the plan at ``source`` and return its graph, validated.

    ``source`` is a path, "-" for standard input, or bytes that came from elsewhere; never an address: nothing
    is fetched here.

    Raises :class:`~strategraph.errors.StrategraphError` for a source that cannot be read, in which nothing
    is recognised, or whose evidence does not hold. Faults of the graph are in the report.
    """
    options = options or Options()
    with own_tables(options.rules):
        return _build(source, options)


def _build(source: Path | str | Original, options: Options) -> Result:
    from strategraph.rdf.graph import to_graph
    from strategraph.validation import validate

    document, plan, remarks = _read_plan(source, options)
    _tell(options, "making the graph")
    graph = to_graph(
        plan,
        document,
        namer=Namer(options.base_iri),
        evidence=options.evidence,
        options=tuple(told(options)),
    )
    coverage = cover(document, plan)
    unread = silences(document, plan, coverage)
    _tell(options, "validating the graph")
    report = validate(
        graph,
        text=document.source.text,
        unread={silence.check: str(silence) for silence in unread},
        fast=True,
    )
    return Result(document, plan, graph, report, coverage, remarks, unread)


def read_plan(source: Path | str | Original, options: Options | None = None) -> tuple[Document, Plan]:
    """Return the document at ``source`` and the plan it states, without making triples of it."""
    options = options or Options()
    with own_tables(options.rules):
        return _read_plan(source, options)[:2]


def _read_plan(source: Path | str | Original, options: Options) -> tuple[Document, Plan, tuple[str, ...]]:
    namer = Namer(check_base(options.base_iri))
    _check_given(options)
    check_own_tables()
    vocabulary = load(extra=options.vocabularies)
    _tell(options, "reading")
    document = read(source, options)
    files = _files(options)
    placed = _placed(files, document)
    decisions = [(file.said_by(CURATOR), file.elements) for file in files]
    _tell(options, "finding what it states")
    sections = (
        () if not options.own else document.stated.sections if document.stated else understand(document)
    )
    sections, notes, whole = _with_sections(sections, document, placed, [decided for decided, _ in decisions])
    mentions = extract(document, sections, vocabulary)
    if not options.own:
        mentions = Mentions(Profile(language=document.language), sections)
    mentions = _with_mentions(
        mentions, document, vocabulary, list(zip(placed, whole, strict=True)), decisions
    )
    if document.stated is None and not _anything(mentions):
        raise NothingRecognisedError(
            f"{document.source.name}: nothing of a plan is recognised in it; looked for labelled elements "
            '("Goal 1: …"), headings and lists that name them, visions and missions, citations of '
            "resolutions and laws, and the title of a plan"
            + "".join(f"; {silence}" for silence in language_silences(document))
            + "; strategraph review shows what came near"
        )
    profile = _with_given(mentions.profile, options)
    mentions = replace(
        mentions,
        profile=replace(profile, notes=(*profile.notes, *notes)),
        models=tuple(dict.fromkeys(file.reader.model for file in files if file.reader is not None)),
    )
    remarks = tuple(_remarks(files, placed, document))
    plan = resolve(document, mentions, vocabulary, namer, options.taken)
    if options.min_confidence:
        plan = only_sure(plan, options.min_confidence)
    return document, plan, remarks


# Readings and corrections are few: what joins them is imported where there are some.


def _files(options: Options) -> list[Readings]:
    paths = [path for path in (options.readings, options.corrections) if path is not None]
    if not paths:
        return []
    from strategraph.curation import load_readings

    return [load_readings(path) for path in paths]


def _placed(files: Sequence[Readings], document: Document) -> list[Placed]:
    if not files:
        return []
    from strategraph.curation import place
    from strategraph.curation.entries import MODEL

    return [place(file.said_by(MODEL), document) for file in files]


def _with_sections(
    sections: tuple[Section, ...], document: Document, placed: Sequence[Placed], decisions: Sequence[Readings]
) -> tuple[tuple[Section, ...], list[str], list[bool]]:
    """Return the sections with those proposed and as decided, notes, and which proposals are thorough."""
    notes: list[str] = []
    whole: list[bool] = []
    if not placed and not decisions:
        return sections, notes, whole
    from strategraph.curation import join_sections
    from strategraph.curation.corrections import correct

    for proposed in placed:
        joined = join_sections(sections, proposed, document)
        sections = joined.sections
        notes += joined.notes
        whole.append(joined.whole)
    for decided in decisions:
        sections = correct(sections, document, decided)
    return sections, notes, whole


def _with_mentions(
    mentions: Mentions,
    document: Document,
    vocabulary: Vocabulary,
    placed: Sequence[tuple[Placed, bool]],
    decisions: Sequence[tuple[Readings, Sequence[ElementEntry]]],
) -> Mentions:
    """Return the mentions with those proposed, each with whether it is thorough, and as decided.

    With decisions stand all elements of their file, which they may name.
    """
    if not placed and not decisions:
        return mentions
    from strategraph.curation import join_mentions
    from strategraph.curation.corrections import decide

    for proposed, thorough in placed:
        mentions = join_mentions(mentions, proposed, document, vocabulary, whole=thorough)
    for decided, among in decisions:
        mentions = decide(mentions, document, decided, vocabulary, among)
    return mentions


def _remarks(files: Sequence[Readings], placed: Sequence[Placed], document: Document) -> Iterator[str]:
    """Yield what of readings could not be placed, each with its file and line."""
    for file, proposed in zip(files, placed, strict=True):
        if file.sha256 and file.sha256 != document.source.sha256:
            yield f"{file.file}: was made from another version of {document.source.name}"
        for fault in proposed.faults:
            yield f"{file.file}:{fault.at}: {fault.what}" if fault.at else f"{file.file}: {fault.what}"


def told(options: Options) -> Iterator[str]:
    """Yield the options that change what a graph says, as it tells them; files by their checksums."""
    for name in ("format", "encoding", "pages", "title", "owner", "start", "end", "language"):
        value = getattr(options, name)
        if value is not None:
            yield f"{name}={value}"
    for name in ("ocr", "recover"):
        if getattr(options, name):
            yield f"{name}=yes"
    if not options.evidence:
        yield "evidence=none"
    files = [("vocabulary", file) for file in options.vocabularies]
    files += [("rules", file) for file in (own_files(options.rules) if options.rules is not None else ())]
    for name in ("corrections", "readings"):
        file = getattr(options, name)
        if file is not None:
            files.append((name, file))
    for name, file in files:
        yield f"{name}=sha256:{sha256(file.read_bytes()).hexdigest()}"


def _tell(options: Options, stage: str) -> None:
    if options.stage is not None:
        options.stage(stage)


def _anything(mentions: Mentions) -> bool:
    profile = mentions.profile
    title = profile.title
    named = title is not None and title.support is not None and title.support.rule == STRONG_TITLE
    return bool(mentions.sections or mentions.citations or named or profile.start)


def _check_given(options: Options) -> None:
    """Raise :class:`UnusableInputError` for what the user gave but no graph can hold."""
    if options.language is not None and not is_language_tag(options.language):
        raise UnusableInputError(f"{options.language!r} is no language tag; give one such as en or zh-Hant")
    for what, text in (("title", options.title), ("owner", options.owner)):
        if text is not None and not _clean(text):
            raise UnusableInputError(f"the {what} that was given is blank")


def _clean(text: str) -> str:
    return passage(text, [(0, len(text))]).text


def _with_given(profile: Profile, options: Options) -> Profile:
    """Return the profile with what the user gave in place of what was read."""

    def year(value: int | None, read: Reading | None) -> Reading | None:
        return read if value is None else Reading(f"{value:04d}")

    return replace(
        profile,
        title=Reading(_clean(options.title)) if options.title else profile.title,
        owner=OwnerReading(_clean(options.owner)) if options.owner else profile.owner,
        start=year(options.start, profile.start),
        end=year(options.end, profile.end),
        language=options.language or profile.language,
    )
