"""Two editions of a plan or a resolution, or one resolution in two languages: what changed, in whose words.

graph ─edition→ parts and what they name ─match→ pairs ─compare→ changes ─write→ text, HTML, JSON, RDF

What changed is told part by part, and by the whole of what is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from types import MappingProxyType

from strategraph.export.editions.edition import Edition, NamedThing, Part, edition
from strategraph.export.editions.matching import Run, difference, match, shared_facts, words

__all__ = ["FORMATS", "Comparison", "Edition", "compare", "edition", "pages", "write"]

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "text:write",
        "html": "forms:write_page",
        "json": "forms:write_json",
        "turtle": "forms:write_turtle",
        "svg": "picture:write",
        "png": "picture:write_png",
    }
)
"""The module and function that write each form, by its name."""
KEPT, REWORDED, MOVED, DROPPED, ADDED, DIFFERS = "kept", "reworded", "moved", "dropped", "added", "differs"
"""What may be said of a part. A part may be both reworded and moved; "differs" is for two languages."""
STATES = (KEPT, REWORDED, MOVED, DIFFERS, DROPPED, ADDED)


def write(comparison: Comparison, name: str) -> bytes:
    """Return a comparison in a form of :data:`FORMATS`; the same comparison gives the same bytes."""
    module, function = FORMATS[name].split(":")
    content = getattr(import_module(f"strategraph.export.editions.{module}"), function)(comparison)
    assert isinstance(content, bytes)
    return content


def pages(comparison: Comparison, name: str) -> list[bytes]:
    """Return the same as files that go on in each other: pictures that would be too high to be read do."""
    if FORMATS[name].startswith("picture"):
        from strategraph.export.editions.picture import drawn

        return drawn(comparison, name)
    return [write(comparison, name)]


@dataclass(frozen=True, slots=True)
class LinkChange:
    """Something that one edition names and the other does not: "added" or "dropped"."""

    state: str
    link: NamedThing


@dataclass(frozen=True, slots=True)
class PartChange:
    """What became of a part: its states, both sides, the words of both as runs, and what they name.

    ``old`` or ``new`` is None for what was added or dropped. ``alike`` says how alike the words are, from 0
    to 1. ``above`` is the place in :attr:`Comparison.parts` of the change of its parent, None at the top.
    ``only_old`` and ``only_new`` are the numbers that only one of two languages has.
    """

    states: tuple[str, ...]
    old: Part | None
    new: Part | None
    depth: int
    above: int | None = None
    alike: float = 0.0
    runs: tuple[Run, ...] = ()
    links: tuple[LinkChange, ...] = ()
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()

    @property
    def part(self) -> Part:
        """Return the part as it is now or, if it was dropped, as it was."""
        part = self.new or self.old
        assert part is not None
        return part

    @property
    def changed(self) -> bool:
        """Whether anything of it did."""
        return self.states != (KEPT,) or bool(self.links)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that changed. ``fields`` has what is known of the wholes where they differ, old and new, by name.

    ``parts`` stand in the order of the new edition, what was dropped where it stood. ``links`` are changes of
    what is named anywhere in it.
    """

    old: Edition
    new: Edition
    across_languages: bool
    fields: Mapping[str, tuple[str, str]]
    parts: tuple[PartChange, ...]
    links: tuple[LinkChange, ...]
    kept_links: tuple[NamedThing, ...]

    @property
    def titles(self) -> tuple[str, str]:
        """Return what the two are called: with the files they were read from where that is one title."""
        old, new = self.old, self.new
        if old.label != new.label or old.files == new.files:
            return old.label, new.label
        return f"{old.label} ({', '.join(old.files)})", f"{new.label} ({', '.join(new.files)})"

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Return how many parts of each kind are in each state; one that is in two counts in both."""
        found: dict[str, Counter[str]] = {}
        for change in self.parts:
            found.setdefault(change.part.kind, Counter()).update(change.states)
        return found


def compare(old: Edition, new: Edition) -> Comparison:
    """Return what changed from the old edition to the new one.

    If they are in two languages, their words are not compared; only what languages write alike is.
    """
    across = bool(old.language and new.language) and old.language.split("-")[0] != new.language.split("-")[0]
    pairs = match(old.parts, new.parts, across_languages=across)
    partners = {pair.new: pair.old for pair in pairs}
    alike = {pair.new: pair.alike for pair in pairs}
    changes: list[PartChange] = []
    places: dict[tuple[str, int], int] = {}
    for side, place in _order(old.parts, new.parts, partners):
        if side == "old":
            part = old.parts[place]
            change = PartChange((DROPPED,), part, None, part.depth)
        else:
            part = new.parts[place]
            before = partners.get(place)
            if before is None:
                change = PartChange((ADDED,), None, part, part.depth)
            else:
                change = _pair(old.parts[before], part, place, partners, alike[place], across=across)
                places["old", before] = len(changes)
        above = places.get((side, part.parent)) if part.parent is not None else None
        depth = 0 if above is None else changes[above].depth + 1
        places[side, place] = len(changes)
        changes.append(replace(change, above=above, depth=depth))
    gone, come, same = _link_changes(old.all_links(), new.all_links())
    sides = {name: (value, new.fields[name]) for name, value in old.fields.items()}
    return Comparison(
        old,
        new,
        across,
        MappingProxyType({name: fields for name, fields in sides.items() if fields[0] != fields[1]}),
        tuple(changes),
        (*gone, *come),
        same,
    )


def _pair(
    was: Part, is_: Part, after: int, partners: Mapping[int, int], alike: float, *, across: bool
) -> PartChange:
    gone, come, _ = _link_changes(was.links, is_.links)
    if across:
        one, other = shared_facts(was), shared_facts(is_)
        numbers = [sorted(n for n in side if "://" not in n) for side in (one - other, other - one)]
        links = tuple(change for change in (*gone, *come) if "://" in change.link.key and change.link.family)
        states: tuple[str, ...] = (DIFFERS,) if any(numbers) or links else (KEPT,)
        only_old, only_new = map(tuple, numbers)
        return PartChange(
            states, was, is_, is_.depth, alike=alike, links=links, only_old=only_old, only_new=only_new
        )
    reworded = [words(was.title), words(was.statement)] != [words(is_.title), words(is_.statement)]
    states = tuple(_states(was, is_, partners, after, reworded=reworded))
    runs = difference(_full(was), _full(is_)) if reworded else ()
    return PartChange(states, was, is_, is_.depth, alike=alike, runs=runs, links=(*gone, *come))


def _states(
    was: Part, is_: Part, partners: Mapping[int, int], after: int, *, reworded: bool
) -> Iterator[str]:
    if reworded:
        yield REWORDED
    above = None if is_.parent is None else partners.get(is_.parent, -1)
    if was.kind != is_.kind or was.number.casefold() != is_.number.casefold() or was.parent != above:
        yield MOVED
    elif not reworded:
        yield KEPT


def _full(part: Part) -> str:
    """Return the title and the statement of a part as one text."""
    if not part.title or not part.statement or part.title == part.statement:
        return part.statement or part.title or part.label
    return f"{part.title}: {part.statement}"


def _link_changes(
    old: Sequence[NamedThing], new: Sequence[NamedThing]
) -> tuple[tuple[LinkChange, ...], tuple[LinkChange, ...], tuple[NamedThing, ...]]:
    """Return what only the old names, only the new, and both."""
    before = {(link.property, link.key): link for link in old}
    after = {(link.property, link.key): link for link in new}
    return (
        tuple(LinkChange(DROPPED, link) for key, link in before.items() if key not in after),
        tuple(LinkChange(ADDED, link) for key, link in after.items() if key not in before),
        tuple(link for key, link in after.items() if key in before),
    )


def _order(
    old: Sequence[Part], new: Sequence[Part], partners: Mapping[int, int]
) -> Iterator[tuple[str, int]]:
    """Yield the parts of the new edition as they stand, and those that were dropped after what stood before.

    A dropped part comes behind its siblings' parts, within its parent's counterpart where that has one.
    """
    counterparts = {before: after for after, before in partners.items()}
    inside_new: dict[int | None, list[int]] = {}
    for place, part in enumerate(new):
        inside_new.setdefault(part.parent, []).append(place)
    lost: dict[int | None, list[int]] = {}  # dropped parts by the new parent to stand under
    below_lost: dict[int, list[int]] = {}
    for place, part in enumerate(old):
        if place in counterparts:
            continue
        if part.parent is not None and part.parent not in counterparts:
            below_lost.setdefault(part.parent, []).append(place)
        else:
            home = None if part.parent is None else counterparts[part.parent]
            lost.setdefault(home, []).append(place)

    def dropped(place: int) -> Iterator[tuple[str, int]]:
        yield "old", place
        for child in below_lost.get(place, ()):
            yield from dropped(child)

    def below(parent: int | None) -> Iterator[tuple[str, int]]:
        waiting = list(lost.get(parent, ()))
        for place in inside_new.get(parent, ()):
            before = partners.get(place)
            while before is not None and waiting and waiting[0] < before:
                yield from dropped(waiting.pop(0))
            yield "new", place
            yield from below(place)
        for place in waiting:
            yield from dropped(place)

    yield from below(None)
