"""Scores of a predicted plan against the gold of its document."""

from __future__ import annotations

from strategraph.evaluation.gold import ELEMENT_TYPES, Gold, GoldElement, GoldInstrument
from strategraph.evaluation.matching import Alignment, SourceLines, align, words
from strategraph.evaluation.mentions import GroupPairs, InstrumentPairs, pair_groups, pair_instruments
from strategraph.evaluation.scores import Difference, Scores, Share, Tally
from strategraph.model import Element, Plan, Reading
from strategraph.model.text import beginning

_QUOTE_LENGTH = 70


def score(plan: Plan, gold: Gold) -> Scores:
    """Return how ``plan`` compares with ``gold``, with every difference as a fault.

    The faults stand in the order plan fields, elements, parents, target groups, instruments, adoption.
    """
    places = SourceLines(plan.source.text)
    alignment = align(plan, gold)
    groups = pair_groups(plan, gold, alignment)
    instruments = pair_instruments(plan, gold, alignment)
    asked, field_faults = _fields(plan, gold)
    followed, parent_faults = _parents(alignment, plan, places)
    equal = len(groups.equal)
    found = equal + len(groups.alike) + len(groups.invented)
    expected = equal + len(groups.alike) + len(groups.missed)
    adoption, adoption_faults = _adoption(instruments, places)
    return Scores(
        elements=_element_tallies(alignment),
        parents=followed,
        groups=Tally(equal, found, expected),
        groups_lenient=Tally(equal + len(groups.alike), found, expected),
        instruments=Tally(
            len(instruments.equal),
            len(instruments.equal) + len(instruments.invented),
            len(instruments.equal) + len(instruments.missed),
        ),
        adoption=adoption,
        fields=asked,
        faults=(
            *field_faults,
            *_element_faults(alignment, plan, places),
            *parent_faults,
            *_group_faults(groups, gold, places),
            *_instrument_faults(instruments, places),
            *adoption_faults,
        ),
    )


# --------------------------------------------------------------------------------------------------
# Elements


def _element_tallies(alignment: Alignment) -> dict[str, Tally]:
    tallies = {kind: Tally() for kind in ELEMENT_TYPES}
    for expected, _ in alignment.pairs:
        tallies[expected.type] += Tally(1, 1, 1)
    for expected in alignment.missed:
        tallies[expected.type] += Tally(0, 0, 1)
    for element in alignment.invented:
        tallies[element.kind] += Tally(0, 1, 0)
    return {kind: tally for kind, tally in tallies.items() if tally != Tally()}


def _element_faults(alignment: Alignment, plan: Plan, places: SourceLines) -> list[Difference]:
    offsets = _element_offsets(plan)
    missed = [
        Difference("missed", _gold_name(expected), _quote(expected.text), places.line_of(expected.text))
        for expected in alignment.missed
    ]
    invented = [
        Difference(
            "false hit", _name(element), _quote(_text(element)), _line(offsets.get(element.iri), places)
        )
        for element in alignment.invented
    ]
    return missed + invented


def _parents(alignment: Alignment, plan: Plan, places: SourceLines) -> tuple[Share, list[Difference]]:
    """Count the matched elements whose parent's match is the gold parent."""
    offsets = _element_offsets(plan)
    names = {element.iri: _name(element) for element in plan.elements}
    faults = []
    for expected, element in alignment.pairs:
        above = alignment.parents[element.iri]
        right = alignment.gold_parents[expected.id]
        if (None if above is None else alignment.gold_ids.get(above, "")) != right:
            note = f"under {names[above] if above else 'the plan'}, not {right or 'the plan'}"
            line = _line(offsets.get(element.iri), places)
            faults.append(
                Difference("wrong", f"parent of {_gold_name(expected)}", _quote(_text(element)), line, note)
            )
    total = len(alignment.pairs)
    return Share(total - len(faults), total), faults


def _element_offsets(plan: Plan) -> dict[str, int]:
    """Map each element's IRI to the place where its fullest wording starts."""
    return {
        link.object: link.supports[0].span.start
        for link in plan.links
        if link.predicate.startswith("has") and link.supports
    }


# --------------------------------------------------------------------------------------------------
# Target groups, instruments, adoption


def _group_faults(groups: GroupPairs, gold: Gold, places: SourceLines) -> list[Difference]:
    elements = {element.id: element for element in gold.elements}

    def line(surface: str, element: str) -> int | None:
        return places.line_of(surface, inside=elements[element].text)

    return [
        *(
            Difference(
                "missed",
                "target group",
                group.surface,
                line(group.surface, group.element),
                f"in {group.element}",
            )
            for group in groups.missed
        ),
        *(
            Difference(
                "wrong", "target group", found.surface, places.line(found.offset), f"not {group.surface!r}"
            )
            for group, found in groups.alike
        ),
        *(
            Difference("false hit", "target group", found.surface, places.line(found.offset))
            for found in groups.invented
        ),
    ]


def _instrument_faults(instruments: InstrumentPairs, places: SourceLines) -> list[Difference]:
    missed = [
        Difference(
            "missed", missing.type, missing.surface, places.line_of(missing.surface), _revision(missing)
        )
        for missing in instruments.missed
    ]
    invented = [
        Difference("false hit", found.instrument.kind, found.instrument.label, places.line(found.offset))
        for found in instruments.invented
    ]
    return missed + invented


def _revision(instrument: GoldInstrument) -> str:
    parts = (instrument.number, instrument.revision_place, instrument.revision_year)
    return ", ".join(str(part) for part in parts if part is not None)


def _adoption(instruments: InstrumentPairs, places: SourceLines) -> tuple[Tally, list[Difference]]:
    """Count the instruments said to have adopted the plan; a wrongly read one is no hit."""
    hits, faults = 0, []
    missed = [missing for missing in instruments.missed if missing.relation == "adoptedBy"]
    invented = [found for found in instruments.invented if found.adopts]
    for expected, found in instruments.equal:
        adopted = expected.relation == "adoptedBy"
        if adopted and found.adopts:
            hits += 1
        elif adopted:
            missed.append(expected)
        elif found.adopts:
            invented.append(found)
    faults = [
        *(Difference("missed", "adoption", one.surface, places.line_of(one.surface)) for one in missed),
        *(
            Difference("false hit", "adoption", one.instrument.label, places.line(one.offset))
            for one in invented
        ),
    ]
    return Tally(hits, hits + len(invented), hits + len(missed)), faults


# --------------------------------------------------------------------------------------------------
# The plan's own fields


def _fields(plan: Plan, gold: Gold) -> tuple[Share, list[Difference]]:
    """Count the plan's fields that agree; that both say nothing is agreement too."""
    profile = plan.profile
    answers: list[tuple[str, str | None, list[str]]] = [
        ("title", gold.plan.title, _values(profile.title)),
        ("owner", gold.plan.owner, _owners(plan)),
        ("start", _year(gold.plan.start), _values(profile.start)),
        ("end", _year(gold.plan.end), _values(profile.end)),
    ]
    if gold.language is not None:
        language = [] if profile.language == "und" else [profile.language.partition("-")[0]]
        answers.append(("language", gold.language.partition("-")[0], language))
    faults = []
    for name, expected, given in answers:
        if words(expected) not in ({words(value) for value in given} or {()}):
            note = f"not {expected!r}" if expected else "the document does not say"
            kind = "wrong" if given and expected else "false hit" if given else "missed"
            faults.append(
                Difference(
                    kind, f"plan {name}", given[0] if given else expected or "", None, note if given else ""
                )
            )
    return Share(len(answers) - len(faults), len(answers)), faults


def _values(reading: Reading | None) -> list[str]:
    return [] if reading is None else [reading.value]


def _year(year: int | None) -> str | None:
    return None if year is None else str(year)


def _owners(plan: Plan) -> list[str]:
    """Return all names of the owner: of its organisation, or as they were read."""
    owners = {link.object for link in plan.links if link.predicate == "owner"}
    names = [
        name
        for organization in plan.organizations
        if organization.iri in owners
        for name in (organization.label, *organization.alternatives)
    ]
    owner = plan.profile.owner
    if owner is not None:
        names.extend(name for name in (owner.name, owner.other) if name)
    return names


# --------------------------------------------------------------------------------------------------
# Wordings for people


def _gold_name(element: GoldElement) -> str:
    return f"{element.type} {element.number}" if element.number else element.type


def _name(element: Element) -> str:
    return f"{element.kind} {element.number}" if element.number else element.kind


def _text(element: Element) -> str:
    return " ".join(part for part in (element.title, element.statement) if part) or element.label


def _quote(text: str) -> str:
    return beginning(text, _QUOTE_LENGTH)


def _line(offset: int | None, places: SourceLines) -> int | None:
    return None if offset is None else places.line(offset)
