"""A comparison as text: the whole, numbers, then part by part in the order of the new edition."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from strategraph.export.appearance import label_of
from strategraph.export.editions import (
    ADDED,
    DIFFERS,
    DROPPED,
    KEPT,
    MOVED,
    REWORDED,
    STATES,
    Comparison,
    LinkChange,
    PartChange,
)
from strategraph.export.editions.edition import NamedThing, Part, Words
from strategraph.export.editions.matching import KEPT as SAME
from strategraph.export.editions.matching import NEW, OLD, Run

WIDTH = 100
_CONTEXT = 6  # words that are shown beside a change
_LONGEST = 240  # characters of a quote
_COMMON = 0.5  # the share of a text from which on it is shown word by word
ACTS = frozenset({"Commitment", "Purpose"})
"""Parts whose words are those of the element they stand in."""
MARKS = {KEPT: "=", REWORDED: "~", MOVED: ">", DROPPED: "-", ADDED: "+", DIFFERS: "~"}
FAMILIES = (
    ("TargetGroup", "groups"),
    ("Theme", "themes"),
    ("Sdg", "SDGs"),
    ("Instrument", "instruments"),
    ("Organization", "organisations"),
    ("Measure", "quantities"),
)


def write(comparison: Comparison) -> bytes:
    """Return the text, in UTF-8."""
    return ("\n".join(line.rstrip() for line in lines(comparison)) + "\n").encode("utf-8", "replace")


def lines(comparison: Comparison) -> Iterator[str]:
    """Yield the text line by line."""
    old, new = comparison.old, comparison.new
    yield "  →  ".join(comparison.titles)
    if comparison.across_languages:
        compared = "numbers and what is named are compared, no words"
        yield f"  {'languages':<14}{old.language} → {new.language}: {compared}"
    for name, (before, after) in comparison.fields.items():
        if not (comparison.across_languages and name == "language"):
            yield f"  {name:<14}{before or '–'} → {after or '–'}"
    yield ""
    yield from _table(comparison)
    yield ""
    yield from _whole(comparison)
    yield ""
    shown = [change for change in comparison.parts if change.changed]
    if not shown:
        yield "Nothing else has changed."
        return
    differs = "~ differs" if comparison.across_languages else "~ reworded"
    yield f"{'+ added':<12}{'- dropped':<12}{differs:<12}{'> moved':<12}= kept, but for what it names"
    yield ""
    untold = 0
    leading = _above_changes(comparison.parts)
    for place, change in enumerate(comparison.parts):
        if not change.changed and place not in leading:
            untold += 1
            continue
        if untold:
            yield from _untold(untold, change.depth)
            untold = 0
        if is_told_with_its_parent(comparison, change):
            continue
        yield from _part(change, across=comparison.across_languages)
        acts = Counter(
            label_of(each.part.kind)
            for each in comparison.parts
            if each.above is not None and comparison.parts[each.above] is change
            if is_told_with_its_parent(comparison, each)
        )
        if acts:
            said = ", ".join(f"{number} {kind}{'s' * (number > 1)}" for kind, number in sorted(acts.items()))
            yield f"{'  ' * change.depth}    with {said}"
    if untold:
        yield from _untold(untold, 0)


def _above_changes(changes: Sequence[PartChange]) -> set[int]:
    """Return the parts, changed or not, that others that have changed stand in: so one sees where."""
    found: set[int] = set()
    for change in changes:
        above = change.above if change.changed else None
        while above is not None and above not in found:
            found.add(above)
            above = changes[above].above
    return found


def is_told_with_its_parent(comparison: Comparison, change: PartChange) -> bool:
    """Whether a part is a commitment or purpose that came or went with the element in whose words it is."""
    above = None if change.above is None else comparison.parts[change.above]
    return (
        change.part.kind in ACTS
        and above is not None
        and change.states == above.states in ((ADDED,), (DROPPED,))
    )


def _untold(number: int, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}  … {number} unchanged"


def _table(comparison: Comparison) -> Iterator[str]:
    counts = comparison.counts()
    states = [
        state
        for state in STATES
        if any(found.get(state) for found in counts.values()) or state in (ADDED, DROPPED)
    ]
    width = max([14, *(len(label_of(kind)) + 2 for kind in counts)])
    yield f"  {'':<{width}}" + "".join(f"{state:>10}" for state in states)
    for kind, found in sorted(counts.items(), key=lambda item: item[0] in ACTS):
        yield f"  {label_of(kind):<{width}}" + "".join(
            f"{found.get(state, 0) or '–':>10}" for state in states
        )


def _whole(comparison: Comparison) -> Iterator[str]:
    """Yield what is named in one edition and nowhere in the other, family by family."""
    for family, name in FAMILIES:
        kept = {link.key: link for link in comparison.kept_links if link.family == family}
        sides = {
            state: {
                change.link.key: change.link
                for change in comparison.links
                if change.state == state and change.link.family == family and change.link.key not in kept
            }
            for state in (DROPPED, ADDED)
        }
        gone = [link for key, link in sides[DROPPED].items() if key not in sides[ADDED]]
        come = [link for key, link in sides[ADDED].items() if key not in sides[DROPPED]]
        both = len(kept) + sum(key in sides[ADDED] for key in sides[DROPPED])
        if not (gone or come or both):
            continue
        yield f"  {name:<14}{both} in both"
        for mark, links in (("-", gone), ("+", come)):
            if links:
                said = ", ".join(f"{link.label}{_first_line(link.words)}" for link in _by_label(links))
                yield from _wrapped(f"{mark} {said}", indent=16, hanging=18)


def _by_label(links: Iterable[NamedThing]) -> list[NamedThing]:
    return sorted(links, key=lambda link: (link.label.casefold(), link.iri))


def _part(change: PartChange, *, across: bool) -> Iterator[str]:
    indent = "  " * change.depth
    marks = "".join(dict.fromkeys(MARKS[state] for state in change.states)) + " "
    inner = len(indent) + 4
    part, one_sided = change.part, change.old is None or change.new is None
    if part.kind in ACTS and one_sided:
        yield from _wrapped(f"{marks}{called(part)}: {_cut(part.text)}", len(indent), inner)
        return
    yield from _wrapped(f"{marks}{heading(change)}{_where(change)}", len(indent), inner)
    if one_sided:
        if part.statement and part.statement not in part.label:
            yield from _wrapped(f"“{_cut(part.statement)}”", inner, inner)
        links = change.links or tuple(LinkChange(change.states[0], link) for link in part.links)
        # What it is about is in its words, and counted in the whole.
        yield from _named([each for each in links if each.link.family != "Theme"], inner)
        return
    if change.runs:
        yield from _reworded(change, inner)
    if across:
        for side, numbers in (("old", change.only_old), ("new", change.only_new)):
            if numbers:
                yield f"{' ' * inner}only {side}: {', '.join(numbers)}"
    yield from _named(change.links, inner)


def _reworded(change: PartChange, indent: int) -> Iterator[str]:
    """Yield the words of both sides: as one text where they have much in common, else one after the other."""
    same = sum(len(run.text) for run in change.runs if run.side == SAME)
    longest = max(
        sum(len(run.text) for run in change.runs if run.side in (SAME, side)) for side in (OLD, NEW)
    )
    if same >= _COMMON * longest:
        yield from _wrapped(_marked(change.runs), indent, indent)
        return
    for side in (OLD, NEW):
        text = "".join(run.text for run in change.runs if run.side in (SAME, side))
        yield from _wrapped(
            f"{'old' if side == OLD else 'new'}: “{_cut(text, 2 * _LONGEST)}”", indent, indent + 5
        )


def heading(change: PartChange) -> str:
    """Return what a part is called, with what it was called before where that differs."""
    old, new = change.old, change.new
    if old is None or new is None or old.label == new.label:
        return change.part.label
    if called(old) != called(new) and new.kind not in ACTS:
        return f"{old.label} → {new.label}"
    if old.title and new.title and old.title != new.title:
        return f"{called(new)}: {old.title} → {new.title}"
    return new.label if new.kind not in ACTS else f"{called(new)}: {new.label}"


def _where(change: PartChange) -> str:
    """Return the lines on which a part's words stand."""
    old, new = (side.words[0].line if side and side.words else 0 for side in (change.old, change.new))
    if old and new:
        return f" (old line {old}, new line {new})"
    return f" (line {old or new})" if old or new else ""


def called(part: Part) -> str:
    """Return what a part is called by kind and number, without its words."""
    kind = label_of(part.kind)
    return f"{kind[:1].upper()}{kind[1:]} {part.number}".strip()


def _named(changes: Sequence[LinkChange], indent: int) -> Iterator[str]:
    for family, name in FAMILIES:
        for state in (DROPPED, ADDED):
            links = [c.link for c in changes if c.state == state and c.link.family == family]
            if links:
                said = ", ".join(f"{link.label}{_quote(link)}" for link in _by_label(links))
                yield from _wrapped(f"{MARKS[state]} {name}: {said}", indent, indent + 2)


def _quote(link: NamedThing) -> str:
    """Return the words that name something, where they are others than what it is called."""
    if not link.words or " ".join(link.words[0].text.split()).casefold() == link.label.casefold():
        return ""
    return f" (“{_cut(link.words[0].text, 60)}”)"


def _first_line(words: Sequence[Words]) -> str:
    return f" (line {words[0].line})" if words else ""


def _marked(runs: Sequence[Run]) -> str:
    """Return runs as one text: [-left out-] {+put in+}; of what is kept, the words near a change."""
    found = []
    for number, run in enumerate(runs):
        if run.side == SAME:
            found.append(_near(run.text, first=number == 0, last=number == len(runs) - 1))
        else:
            before, after = ("[-", "-]") if run.side == OLD else ("{+", "+}")
            follows = number + 1 < len(runs) and runs[number + 1].side == NEW
            space = " " if run.text.endswith(" ") and not follows else ""
            found.append(f"{before}{run.text.rstrip(' ')}{after}{space}")
    return "".join(found)


def _near(text: str, *, first: bool, last: bool) -> str:
    parts = text.split(" ")
    if first and len(parts) > _CONTEXT:
        return "… " + " ".join(parts[-_CONTEXT:])
    if last and len(parts) > _CONTEXT:
        return " ".join(parts[:_CONTEXT]) + " …"
    if len(parts) > 2 * _CONTEXT:
        return " ".join(parts[:_CONTEXT]) + " … " + " ".join(parts[-_CONTEXT:])
    return text


def _cut(text: str, most: int = _LONGEST) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _wrapped(text: str, indent: int, hanging: int) -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
