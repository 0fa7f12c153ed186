"""What a comparison counts, and the faults it found: as values, as a table, as JSON.

Scores as a table, as JSON, and as a list of faults.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from strategraph.evaluation.gold import ELEMENT_TYPES

_UNDEFINED = "-"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, of how many that were found and how many there are.

    Precision, recall and F1 are None where they are not defined: nothing found, nothing there.

    >>> Tally(3, 4, 6).f1
    0.6
    """

    hits: int = 0
    found: int = 0
    expected: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.found + other.found, self.expected + other.expected)

    @property
    def precision(self) -> float | None:
        """Return the share of what was found that is right."""
        return self.hits / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Return the share of what is there that was found."""
        return self.hits / self.expected if self.expected else None

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of precision and recall; 0.0 where only one of them is defined."""
        total = self.found + self.expected
        return 2 * self.hits / total if total else None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a number of answers are right."""

    right: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.total + other.total)

    @property
    def accuracy(self) -> float | None:
        """Return the share of right answers; None where nothing was asked."""
        return self.right / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference from the gold.

    ``kind`` is "missed" (in the gold only), "false hit" (predicted only) or "wrong" (both, but not
    alike); ``line`` is where the words stand in the source, None where they were not found there.
    """

    kind: str
    what: str
    text: str
    line: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """The counts for one document, or for several together; ``elements`` has the types that occur."""

    elements: dict[str, Tally] = field(default_factory=dict)
    parents: Share = Share()
    groups: Tally = Tally()
    groups_lenient: Tally = Tally()
    instruments: Tally = Tally()
    adoption: Tally = Tally()
    fields: Share = Share()
    faults: tuple[Difference, ...] = ()

    @property
    def all_elements(self) -> Tally:
        """Return the tally over all element types."""
        return sum(self.elements.values(), Tally())


def total(scores: Iterable[Scores]) -> Scores:
    """Return the counts of several documents as those of one, without the faults (micro average)."""
    result = Scores()
    for one in scores:
        result = Scores(
            elements={
                kind: result.elements.get(kind, Tally()) + one.elements.get(kind, Tally())
                for kind in ELEMENT_TYPES
                if kind in result.elements or kind in one.elements
            },
            parents=result.parents + one.parents,
            groups=result.groups + one.groups,
            groups_lenient=result.groups_lenient + one.groups_lenient,
            instruments=result.instruments + one.instruments,
            adoption=result.adoption + one.adoption,
            fields=result.fields + one.fields,
        )
    return result


Scored = Sequence[tuple[str, Scores]]  # each document's name with its scores


def table(scored: Scored) -> str:
    """Return the scores as text: a line for each document, then the total by kind of thing."""
    overall = total(scores for _, scores in scored)
    parts = [_by_kind(overall)]
    if len(scored) > 1:
        parts.insert(0, _aligned(_rows([*scored, ("total", overall)])))
    return "\n".join(parts)


def comparison(readers: Mapping[str, Scored]) -> str:
    """Return the totals of several readers of the same documents as text, a line for each."""
    rows = _rows([(name, total(scores for _, scores in scored)) for name, scored in readers.items()])
    means = ["macro F1", *(_number(macro(scored)) for scored in readers.values())]
    return _aligned([(*row[:4], mean, *row[4:]) for row, mean in zip(rows, means, strict=True)])


def comparison_as_json(readers: Mapping[str, Scored], *, faults: bool = False) -> str:
    """Return the scores of several readers as JSON, what :func:`as_json` says of each by its name."""
    content = {name: json.loads(as_json(scored, faults=faults)) for name, scored in readers.items()}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def as_json(scored: Scored, *, faults: bool = False) -> str:
    """Return the scores as JSON: ``documents`` in the order given, then their ``total``.

    With ``faults``, each document lists its ``errors``.
    """
    documents = []
    for name, scores in scored:
        entry = {"document": name, **_values(scores)}
        if faults:
            entry["errors"] = [_fault(fault) for fault in scores.faults]
        documents.append(entry)
    overall = {**_values(total(scores for _, scores in scored)), "macro_f1": _rounded(macro(scored))}
    content = {"documents": documents, "total": overall}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def macro(scored: Scored) -> float | None:
    """Return the mean of the elements' F1 over the documents that have some; None where none has."""
    found = [tally.f1 or 0.0 for _, scores in scored if (tally := scores.all_elements).expected]
    return sum(found) / len(found) if found else None


def fault_list(scored: Scored) -> str:
    """Return every miss and false hit, a line each: document and line, kind, what, its words."""
    lines = []
    for name, scores in scored:
        for fault in scores.faults:
            place = name if fault.line is None else f"{name}:{fault.line}"
            note = f" ({fault.note})" if fault.note else ""
            lines.append(f"{place}: {fault.kind}: {fault.what}: {fault.text}{note}\n")
    return "".join(lines)


# --------------------------------------------------------------------------------------------------
# Tables


def _rows(scored: Scored) -> list[tuple[str, ...]]:
    header = (
        "",
        "elements P",
        "R",
        "F1",
        "parents",
        "groups F1",
        "lenient F1",
        "instruments F1",
        "adoption F1",
        "plan fields",
    )
    rows = [
        (
            name,
            _number(scores.all_elements.precision),
            _number(scores.all_elements.recall),
            _number(scores.all_elements.f1),
            _number(scores.parents.accuracy),
            _number(scores.groups.f1),
            _number(scores.groups_lenient.f1),
            _number(scores.instruments.f1),
            _number(scores.adoption.f1),
            _number(scores.fields.accuracy),
        )
        for name, scores in scored
    ]
    return [header, *rows]


def _by_kind(scores: Scores) -> str:
    tallies = [
        *scores.elements.items(),
        ("all elements", scores.all_elements),
        ("target groups, strict", scores.groups),
        ("target groups, lenient", scores.groups_lenient),
        ("instruments", scores.instruments),
        ("adoption", scores.adoption),
    ]
    shares = [("parents", scores.parents), ("plan fields", scores.fields)]
    counted = [
        (name, *map(_number, (t.precision, t.recall, t.f1)), str(t.hits), str(t.found), str(t.expected))
        for name, t in tallies
    ]
    right = [(name, _number(share.accuracy), str(share.right), str(share.total)) for name, share in shares]
    return "\n".join(
        (
            _aligned([("", "precision", "recall", "F1", "hits", "found", "gold"), *counted]),
            _aligned([("", "accuracy", "right", "of"), *right]),
        )
    )


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for name, *values in rows:
        cells = [value.rjust(width) for value, width in zip(values, widths[1:], strict=True)]
        lines.append("  ".join((name.ljust(widths[0]), *cells)) + "\n")
    return "".join(lines)


def _number(value: float | None) -> str:
    return _UNDEFINED if value is None else f"{value:.3f}"


# --------------------------------------------------------------------------------------------------
# JSON


def _values(scores: Scores) -> dict[str, object]:
    return {
        "elements": _tally(scores.all_elements),
        "types": {kind: _tally(tally) for kind, tally in scores.elements.items()},
        "parents": _share(scores.parents),
        "target_groups": {"strict": _tally(scores.groups), "lenient": _tally(scores.groups_lenient)},
        "instruments": _tally(scores.instruments),
        "adoption": _tally(scores.adoption),
        "fields": _share(scores.fields),
    }


def _tally(tally: Tally) -> dict[str, object]:
    return {
        "precision": _rounded(tally.precision),
        "recall": _rounded(tally.recall),
        "f1": _rounded(tally.f1),
        "hits": tally.hits,
        "found": tally.found,
        "gold": tally.expected,
    }


def _share(share: Share) -> dict[str, object]:
    return {"accuracy": _rounded(share.accuracy), "right": share.right, "of": share.total}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _fault(fault: Difference) -> dict[str, object]:
    return {
        "kind": fault.kind,
        "what": fault.what,
        "text": fault.text,
        "line": fault.line,
        "note": fault.note,
    }
