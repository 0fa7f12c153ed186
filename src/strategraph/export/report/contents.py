"""What a report says, whatever its format: chapters of sections, with paragraphs and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from strategraph import __version__
from strategraph.export.appearance import is_structural, label_of
from strategraph.export.digest import Digest, Fact, QuotedEvidence, SourceText, terms
from strategraph.knowledge.typed_tables import read_table
from strategraph.validation import Report

Cell = str | int | float
_PROSE = ("Commitment", "Purpose")
_MEASURES = ("Target", "Indicator")
_AIMS = ("Goal", "Priority", "Objective", "Outcome", "Action")
_PARTS = {"addresses": "addressed", "involves": "involved", "mentionsGroup": "mentioned"}  # the nearest first
_QUOTES = 3  # of one fact


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table: its name, the heads of its columns, and rows as wide."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A part of a chapter: a heading, paragraphs, a table."""

    title: str
    paragraphs: tuple[str, ...] = ()
    table: ReportTable | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is said of one plan. ``sheets`` are tables that only a spreadsheet has room for."""

    title: str
    language: str
    sections: tuple[ReportSection, ...]
    sheets: tuple[ReportTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Handout:
    """A whole report."""

    title: str
    chapters: tuple[Chapter, ...]
    foot: str


def compose(found: Digest, texts: Mapping[str, SourceText], report: Report | None) -> Handout:
    """Return the report on a digest: a chapter for each plan; ``report`` is what the shapes found."""
    plans = list(found.of_family("StrategicPlan"))
    chapters = tuple(_Plan(found, plan, texts, report, len(plans)).chapter() for plan in plans)
    title = chapters[0].title if len(chapters) == 1 else said("several", count=len(chapters))
    return Handout(title, chapters, said("foot", version=__version__))


class _Plan:
    """One plan of a digest, and what is told of it."""

    def __init__(
        self, found: Digest, plan: int, texts: Mapping[str, SourceText], report: Report | None, plans: int
    ) -> None:
        self.found = found
        self.plan = plan
        self.texts = texts
        self.report = report
        self.alone = plans == 1
        self.elements = [rank for rank in found.below(plan) if rank != plan]
        self.facts = [fact for rank in (plan, *self.elements) for fact in found.of(rank)]

    def chapter(self) -> Chapter:
        node = self.found.nodes[self.plan]
        sections = (
            self._summary(),
            self._goals(),
            self._groups(),
            self._matrix(),
            self._listed("commitments", _PROSE),
            self._measures(),
            self._mandates(),
            self._coverage(),
            self._findings(),
        )
        return Chapter(node.label, node.language, sections, tuple(self._sheets()))

    # ----------------------------------------------------------------------------------------------
    # What words are

    def _label(self, rank: int) -> str:
        return self.found.nodes[rank].label

    def _object(self, fact: Fact) -> str:
        return fact.value if fact.object is None else self._label(fact.object)

    def _words(self, facts: Iterable[Fact]) -> tuple[str, str]:
        """Return the words for some facts, and their places; of the same words the first place."""
        quotes: dict[str, QuotedEvidence] = {}
        for fact in facts:
            for each in fact.evidence:
                quote = self.found.evidence[each]
                quotes.setdefault(" ".join(quote.exact.split()), quote)
        few = list(quotes.items())[:_QUOTES]
        return "; ".join(f"“{words}”" for words, _ in few), "; ".join(
            self._place(q.page, q.line) for _, q in few
        )

    @staticmethod
    def _place(page: int, line: int) -> str:
        return said("page", page=page, line=line) if page else said("line", line=line)

    def _stating(self, rank: int) -> list[Fact]:
        parent = self.found.nodes[rank].parent
        facts = () if parent is None else self.found.of(parent)
        return [fact for fact in facts if fact.object == rank and is_structural(fact.property)]

    def _named(self, rank: int, family: str) -> dict[int, list[Fact]]:
        """Return the nodes of a family that a node or its parts name, each with the facts that say so."""
        named: dict[int, list[Fact]] = {}
        for part in self.found.below(rank):
            for fact in self.found.of(part):
                if fact.object is not None and self.found.nodes[fact.object].family == family:
                    named.setdefault(fact.object, []).append(fact)
        return named

    def _aims(self) -> list[int]:
        """Return what the plan calls its goals: the first of these classes that it has."""
        for class_ in _AIMS:
            found = [rank for rank in self.elements if self.found.nodes[rank].class_ == class_]
            if found:
                return found
        return []

    # ----------------------------------------------------------------------------------------------
    # Sections

    def _summary(self) -> ReportSection:
        rows: list[tuple[Cell, ...]] = []
        own = list(self.found.of(self.plan))

        def row(name: str, values: Iterable[str]) -> None:
            text = ", ".join(dict.fromkeys(values))
            if text:
                rows.append((name, text))

        row(said("owner"), (self._object(fact) for fact in own if fact.property == "owner"))
        years = [fact.value for name in ("startYear", "endYear") for fact in own if fact.property == name]
        row(said("period"), ["–".join(dict.fromkeys(years))])
        row(said("adopted"), (self._object(fact) for fact in own if fact.property == "adoptedBy"))
        left = self._named(self.plan, "TargetGroup")
        for property_, part in _PARTS.items():
            having = [
                rank for rank, facts in left.items() if any(fact.property == property_ for fact in facts)
            ]
            row(said(part), (self._label(rank) for rank in having))
            left = {rank: facts for rank, facts in left.items() if rank not in having}
        counts = Counter(label_of(self.found.nodes[rank].class_) for rank in self.elements)
        row(said("holds"), (f"{label}: {count}" for label, count in counts.items()))
        read = [fact for fact in self.facts if fact.evidence]
        quotations = sum(len(fact.evidence) for fact in read)
        paragraph = said("facts", facts=len(read), quotations=quotations)
        return ReportSection(
            heading("summary"),
            (paragraph,),
            ReportTable(heading("summary"), heads("property", "value"), tuple(rows)),
        )

    def _element_rows(self, ranks: Iterable[int]) -> Iterator[tuple[Cell, ...]]:
        for rank in ranks:
            node = self.found.nodes[rank]
            words, place = self._words(self._stating(rank))
            groups = ", ".join(self._label(group) for group in self._named(rank, "TargetGroup"))
            # The number stands beside, so a label of kind, number and what is stated would say it twice.
            title = node.title or (node.number and node.statement) or node.label
            yield node.number, title, groups, words or node.statement, place

    def _goals(self) -> ReportSection:
        rows = tuple(self._element_rows(self._aims()))
        return _section("goals", heads("number", "title", "groups", "words", "place"), rows)

    def _groups(self) -> ReportSection:
        rows = []
        for group, facts in self._named(self.plan, "TargetGroup").items():
            words, place = self._words(facts)
            how = ", ".join(dict.fromkeys(label_of(fact.property) for fact in facts))
            by = ", ".join(dict.fromkeys(self._label(self._told_by(fact.subject)) for fact in facts))
            rows.append((self._label(group), how, by, words, place))
        return _section("groups", heads("group", "how", "element", "words", "place"), rows)

    def _told_by(self, rank: int) -> int:
        """Return the nearest element above a commitment that is none itself."""
        node = self.found.nodes[rank]
        while node.class_ in _PROSE and node.parent is not None:
            rank = node.parent
            node = self.found.nodes[rank]
        return rank

    def _matrix(self) -> ReportSection:
        aims = self._aims()
        named = [self._named(rank, "TargetGroup") for rank in aims]
        groups = list(dict.fromkeys(group for each in named for group in each))
        rows = [
            (self._label(group), *(self._count(each.get(group, ())) or "" for each in named))
            for group in groups
        ]
        return _section("matrix", (*heads("group"), *map(self._label, aims)), rows)

    def _count(self, facts: Iterable[Fact]) -> int:
        """Return at how many places of the text some facts are said; 1 where no words are known."""
        quotes = [self.found.evidence[each] for fact in facts for each in fact.evidence]
        return len({(quote.source, quote.start, quote.end) for quote in quotes}) or int(
            any(True for _ in facts)
        )

    def _listed(self, name: str, classes: tuple[str, ...]) -> ReportSection:
        rows = []
        for rank in self.elements:
            node = self.found.nodes[rank]
            if node.class_ in classes:
                words, place = self._words(self._stating(rank))
                parent = "" if node.parent is None else self._label(node.parent)
                rows.append((label_of(node.class_), node.statement or node.label, parent, words, place))
        return _section(name, heads("kind", "statement", "part_of", "words", "place"), rows)

    def _measures(self) -> ReportSection:
        """Return targets and indicators, and measures with what is said of them."""
        rows = []
        for rank in self.elements:
            node = self.found.nodes[rank]
            if node.class_ in _MEASURES or node.family not in ("PlanElement", "StrategicPlan"):
                words, place = self._words(self._stating(rank))
                values = ", ".join(
                    f"{label_of(fact.property)}: {self._object(fact)}"
                    for fact in self.found.of(rank)
                    if fact.datatype != "iri"
                    and not is_structural(fact.property)
                    and ":" not in fact.property
                )
                parent = "" if node.parent is None else self._label(node.parent)
                rows.append(
                    (label_of(node.class_), node.statement or node.label, values, parent, words, place)
                )
        return _section("measures", heads("kind", "statement", "value", "part_of", "words", "place"), rows)

    def _mandates(self) -> ReportSection:
        rows = []
        for instrument, facts in self._named(self.plan, "Instrument").items():
            words, place = self._words(facts)
            how = ", ".join(dict.fromkeys(label_of(fact.property) for fact in facts))
            by = ", ".join(dict.fromkeys(self._label(fact.subject) for fact in facts))
            issuers = ", ".join(
                self._object(fact) for fact in self.found.of(instrument) if fact.property == "issuedBy"
            )
            rows.append((self._label(instrument), how, by, issuers, words, place))
        return _section(
            "mandates", heads("instrument", "how", "element", "issued_by", "words", "place"), rows
        )

    def _coverage(self) -> ReportSection:
        told: list[str] = []
        for rank in self.found.of_family("SourceDocument"):
            text = self.texts.get(self.found.nodes[rank].iri)
            if text is not None and text.sentences and self.plan in self.found.nodes[rank].plans:
                told.append(said("sentences", bare=len(text.bare), sentences=text.sentences))
                told += (said("open", note=note) for note in text.open)
        return ReportSection(heading("coverage"), tuple(told) or (said("unread"),))

    def _findings(self) -> ReportSection:
        if self.report is None:
            return ReportSection(heading("findings"), (said("none"),))
        own = {self.found.nodes[rank].iri for rank in range(len(self.found.nodes)) if self._is_own(rank)}
        rows = [
            (result.severity, result.message, result.focus_label or str(result.focus), result.quote or "")
            for result in self.report.results
            if self.alone or str(result.focus) in own
        ]
        table = ReportTable(
            heading("findings"), heads("severity", "message", "element", "words"), tuple(rows)
        )
        summary = said("shapes", summary=self.report.summary())
        return ReportSection(heading("findings"), (summary,), table if rows else None)

    def _is_own(self, rank: int) -> bool:
        return rank == self.plan or self.plan in self.found.nodes[rank].plans

    # ----------------------------------------------------------------------------------------------
    # Sheets

    def _sheets(self) -> Iterator[ReportTable]:
        """Yield a table for each class of nodes, and one of all facts that words or a person support."""
        nodes = self.found.nodes
        own = [rank for rank in range(len(nodes)) if self._is_own(rank)]
        for class_ in sorted({nodes[rank].class_ for rank in own}):
            rows = [self._node_row(rank) for rank in own if nodes[rank].class_ == class_]
            names = heads(
                "number", "title", "statement", "part_of", "groups", "instruments", "words", "place", "iri"
            )
            yield ReportTable(terms()[class_].label if class_ in terms() else class_, names, tuple(rows))
        facts = [fact for rank in own for fact in self.found.of(rank) if fact.evidence or fact.given_by]
        names = heads("subject", "property", "value", "words", "place", "rule", "confidence")
        yield ReportTable(
            heading("facts"), names, tuple(row for fact in facts for row in self._fact_rows(fact))
        )

    def _node_row(self, rank: int) -> tuple[Cell, ...]:
        node = self.found.nodes[rank]
        words, place = self._words(self._stating(rank))
        element = node.family == "PlanElement"
        groups, instruments = (
            ", ".join(self._label(each) for each in self._named(rank, family)) if element else ""
            for family in ("TargetGroup", "Instrument")
        )
        parent = "" if node.parent is None else self._label(node.parent)
        title = node.title or node.label
        return node.number, title, node.statement, parent, groups, instruments, words, place, node.iri

    def _fact_rows(self, fact: Fact) -> Iterator[tuple[Cell, ...]]:
        start = self._label(fact.subject), label_of(fact.property), self._object(fact)
        if not fact.evidence:
            yield (*start, "", fact.given_by, "", "")
        for each in fact.evidence:
            quote = self.found.evidence[each]
            place = self._place(quote.page, quote.line)
            yield (*start, " ".join(quote.exact.split()), place, quote.rule, quote.confidence)


def _section(name: str, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> ReportSection:
    found = tuple(rows)
    title = heading(name)
    return (
        ReportSection(title, (), ReportTable(title, columns, found))
        if found
        else ReportSection(title, (said("none"),))
    )


@dataclass(frozen=True, slots=True)
class _ReportWords:
    sections: Mapping[str, str]
    heads: Mapping[str, str]
    texts: Mapping[str, str]


@cache
def _table() -> _ReportWords:
    return read_table(_ReportWords, Path(__file__).with_name("words.toml"))


def heading(name: str) -> str:
    """Return the heading of a section."""
    return _table().sections[name]


def heads(*names: str) -> tuple[str, ...]:
    """Return the heads of columns."""
    return tuple(_table().heads[name] for name in names)


def said(name: str, **values: object) -> str:
    """Return a text with values in its gaps.

    >>> said("line", line=7)
    'line 7'
    """
    return _table().texts[name].format_map(values)
