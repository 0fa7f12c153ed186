"""Features: what the model is told of a unit, and of a unit together with a class it may be of.

All are numbers with names, so that a decision can be explained by them. Classes share their features
("its heading announces this class"), so what one class or language teaches helps the others.
"""

from __future__ import annotations

from strategraph.knowledge.languages import rules
from strategraph.knowledge.writing import COLONS, count_words
from strategraph.understanding.units import Unit
from strategraph.understanding.view import ADDRESS, KINDS, YEAR, Features, View, ending, folded, mean

FORMS = ("heading", "strong", "paragraph", "item", "part", "sentence", "cell")
LABEL_FORMS = ("number", "named", "numbered", "code")
_NEAR = ("head", "holder", "lead", "heading1", "intro", "heading2", "heading3", "row", "top")
_NONE = -1.0
_WEB_PAGES = ("text/html", "application/xhtml+xml", "multipart/related")  # also those saved as MHTML
_SERIES = (
    "siblings", "series words", "series longest", "series shortest", "series numbers", "series labels",
    "series titles", "series title and statement", "series full stops", "series small first", "series years",
    "series addresses", "series verbs",
)  # fmt: skip


def announces(seen: View, index: int, kind: str) -> int:
    """Return how a text announces a class: 0 not at all, 1 once, 2 as several.

    One more where the text ends with a colon and names no other class behind it.
    4 and 5 are a heading that is nothing but the word for one and for several; 6 and 7 a text that is
    itself labelled as an element of the class, without and with a number.
    """
    unit, label = seen.units[index], seen.units[index].label
    named = [cue for cue in seen.cues[index] if cue.kind == kind]
    if not named:
        return 0
    if label is not None and label.kind == kind:
        if label.number and label.form != "named":
            return 7
        if not label.bare:
            return 6
        return 5 if label.several else 4
    last = seen.cues[index][-1].kind == kind
    return (2 if any(cue.several for cue in named) else 1) + (last and unit.text.rstrip().endswith(COLONS))


def unit_features(seen: View, index: int) -> Features:
    """Return what is known of a unit whatever its class."""
    unit, context, text = seen.units[index], seen.contexts[index], seen.units[index].text
    length = max(1, len(text))
    found = seen.cues[index]
    features: Features = {
        "form": FORMS.index(unit.kind),
        "level": context.level,
        "block level": unit.block.level,
        "depth": len(context.headings),
        "words": seen.words[index],
        "characters": len(text),
        "ending": ending(text),
        "title words": count_words(unit.title.text) if unit.title else 0,
        "statement words": count_words(unit.statement.text) if unit.statement else 0,
        "label form": 0 if unit.label is None else LABEL_FORMS.index(unit.label.form) + 1,
        "label bare": bool(unit.label and unit.label.bare),
        "label several": bool(unit.label and unit.label.several),
        "label class": bool(unit.label and unit.label.kind),
        "carried": 0 if unit.carried is None else 1 + bool(unit.carried.number),
        "number": bool(unit.number),
        "number depth": unit.number.count(".") if unit.number else _NONE,
        "marker": 0 if not unit.block.marker else 1 + bool(unit.number),
        "bold lead": unit.block.lead > 0,
        "capitals": text.isupper(),
        "capital first": text[:1].isupper(),
        "small first": text[:1].islower(),
        "quoted": text[:1] in '"“«„',
        "digits": sum(map(str.isdigit, text)) / length,
        "digit": any(map(str.isdigit, text)),
        "percent": "%" in text,
        "year": bool(YEAR.search(text)),
        "address": bool(ADDRESS.search(text)),
        "question": "?" in text,
        "brackets": text.count("("),
        "commas": sum(map(text.count, ",、،")),
        "semicolons": text.count(";"),
        "signs": sum(not (c.isalpha() or c.isspace()) for c in text) / length,
        "capital words": mean([word[:1].isupper() for word in text.split()]),
        "repeated": seen.repeats[folded(unit)],
        "aside": any(_is_aside(seen.units[above]) for above in context.headings),
        "foreign": any(_is_foreign(seen.units[at]) for at in (index, *context.headings)),
        "column": unit.block.column if unit.kind == "cell" else _NONE,
        "row": unit.block.row if unit.kind == "cell" else _NONE,
        "head cell": unit.block.header,
        "cues": len(found),
        "first cue": found[0].start if found else _NONE,
        "cue share": sum(cue.end - cue.start for cue in found) / length,
        "cued classes": len({cue.kind for cue in found}),
        "hints": seen.hints[index].total(),
        "verb first": seen.verbs[index],
        "cues in headings": seen.headed.total() / max(1, seen.headings),
        "pdf": seen.media_type == "application/pdf",
        "html": seen.media_type in _WEB_PAGES,
    }
    features.update(_series_features(seen, index))
    features.update(_neighbour_features(seen, index))
    features.update(_below_features(seen, index))
    for name, at in seen.slots[index].items():
        features.update(_slot_features(seen, index, name, at))
    slots = seen.slots[index]
    near = [
        at
        for name in ("head", "holder", "lead", "heading1", "heading2", "heading3")
        if (at := slots[name]) >= 0
    ]
    rank = next((place for place, at in enumerate(near) if seen.cues[at]), -1)
    features["announced at"] = rank
    features["announced as"] = _strongest(seen, near[rank]) if rank >= 0 else _NONE
    size = len(seen.members[context.group])
    counted = [
        3 * (size in seen.counts[at])
        for name in ("lead", "intro", "heading1", "heading2")
        if (at := slots[name]) >= 0
    ]
    features["counted"] = max(counted, default=_NONE)
    return {name: float(value) for name, value in features.items()}


def _series_features(seen: View, index: int) -> Features:
    context = seen.contexts[index]
    shared = seen.shared[context.group]
    own = {name: value for name, value in shared.items() if name in _SERIES}
    return {**own, "place": context.place, "places after": shared["siblings"] - 1 - context.place}


def _neighbour_features(seen: View, index: int) -> Features:
    features: Features = {}
    for offset in (-2, -1, 1, 2):
        at = index + offset
        there = 0 <= at < len(seen.units)
        unit = seen.units[at] if there else seen.units[index]
        label = unit.label
        values = {
            "form": FORMS.index(unit.kind),
            "words": seen.words[at] if there else 0,
            "ending": ending(unit.text),
            "level": seen.contexts[at].level if there else 0,
            "number": bool(unit.number),
            "label": 1 + bool(label and label.kind) + bool(label and label.bare),
            "sibling": there and seen.contexts[at].group == seen.contexts[index].group,
        }
        features.update({f"{offset:+d} {name}": value if there else _NONE for name, value in values.items()})
    return features


def _below_features(seen: View, index: int) -> Features:
    """Return what stands below a heading or item: items, paragraphs, headings, words."""
    unit, level = seen.units[index], seen.contexts[index].level
    names = ("items below", "paragraphs below", "headings below", "words below")
    if not level and unit.kind != "item":
        return dict.fromkeys(names, _NONE)
    counts = [0, 0, 0, 0]
    for at in range(index + 1, min(len(seen.units), index + 200)):
        other, context = seen.units[at], seen.contexts[at]
        if level and context.level and context.level <= level:
            break
        if not level and not (other.kind == "item" and other.block.level > unit.block.level):
            break
        counts[0] += other.kind in ("item", "part")
        counts[1] += other.kind == "paragraph"
        counts[2] += bool(context.level)
        counts[3] += seen.words[at]
    return dict(zip(names, counts if level else (counts[0], _NONE, _NONE, _NONE), strict=True))


def _slot_features(seen: View, index: int, name: str, at: int) -> Features:
    values: Features = dict.fromkeys(
        (
            "words",
            "ending",
            "distance",
            "classes",
            "strength",
            "number",
            "level",
            "labelled",
            "question",
            "hints",
            "acts",
        ),
        _NONE,
    )
    if at >= 0:
        unit = seen.units[at]
        label = unit.label
        values = {
            "words": seen.words[at],
            "ending": ending(unit.text),
            "distance": min(index - at, 50),
            "classes": len({cue.kind for cue in seen.cues[at]}),
            "strength": _strongest(seen, at),
            "number": bool(unit.number),
            "level": seen.contexts[at].level,
            "labelled": bool(label.kind and not label.bare) if label is not None else _NONE,
            "question": "?" in unit.text,
            "hints": seen.hints[at].total(),
            "acts": seen.hints[at]["Action"],
        }
    return {f"{name} {feature}": value for feature, value in values.items()}


def _strongest(seen: View, at: int) -> int:
    return max((announces(seen, at, kind) for kind in {cue.kind for cue in seen.cues[at]}), default=0)


def class_features(seen: View, index: int, kind: str) -> Features:
    """Return what is known of a unit together with a class."""
    unit, context, slots = seen.units[index], seen.contexts[index], seen.slots[index]
    label, carried = unit.label, unit.carried
    mine = [cue for cue in seen.cues[index] if cue.kind == kind]
    features: Features = {
        "class": KINDS.index(kind),
        "labelled so": bool(label and label.kind == kind),
        "labelled otherwise": bool(label and label.kind and label.kind != kind),
        "labelled so with number": bool(label and label.kind == kind and label.number),
        "carried so": bool(carried and carried.kind == kind),
        "carried otherwise": bool(carried and carried.kind != kind),
        "own cues": len(mine),
        "own first cue": mine[0].start if mine else _NONE,
        "own hints": seen.hints[index][kind],
        "share of cues": seen.cued[kind] / max(1, seen.cued.total()),
        "cues of class": seen.cued[kind],
        "headings of class": seen.headed[kind],
        "labels of class": seen.labelled[kind],
        "share of hints": seen.hinted[kind] / max(1, seen.hinted.total()),
        "rank in document": seen.ranks[kind],
    }
    nearest, others = len(_NEAR), 0
    for place, name in enumerate(_NEAR):
        at = slots[name]
        strength = announces(seen, at, kind) if at >= 0 else -1
        features[f"{name} says so"] = strength
        features[f"{name} hints"] = seen.hints[at][kind] if at >= 0 else _NONE
        last = max((cue.end for cue in seen.cues[at] if cue.kind == kind), default=0) if at >= 0 else 0
        features[f"{name} goes on"] = len(seen.units[at].text) - last if strength > 0 else _NONE
        if strength > 0:
            nearest = min(nearest, place)
        elif at >= 0 and seen.cues[at] and nearest == len(_NEAR):
            others += 1
    features["nearest"] = nearest
    features["others nearer"] = others
    shared = seen.shared[context.group]
    features["series labelled so"] = shared[f"labelled {kind}"]
    features["series carried so"] = shared[f"carried {kind}"]
    features["series cues"] = shared[f"cues {kind}"]
    return {name: float(value) for name, value in features.items()}


def _is_aside(unit: Unit) -> bool:
    language = rules(unit.language)
    name = unit.text.casefold().strip(" :.")
    return name in language.aside_headings or name in language.contents_headings


def _is_foreign(unit: Unit) -> bool:
    folded = unit.text.casefold()
    return any(words.casefold() in folded for words in rules(unit.language).foreign_headings)
