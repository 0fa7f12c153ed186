"""Target groups in languages without rules for phrases: a vocabulary's labels, where context allows.

Which labels need which context, what belongs to a group's words, and the inflected forms of the words in
labels are in ``[groups]`` of the language's file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from strategraph.extraction.group_phrases import Term
from strategraph.extraction.groups import Group
from strategraph.gazetteer import Hit
from strategraph.languages import GroupWords, rules

_JOINT = re.compile(
    r"\s*(?:[,،、;]|[,،]?\s+(?:e|ed|et|y|и|и\s+для)\s|\sو|[和与及])\s*(?:(?:l[eao]s?|gli|i|il)\s+|l['’])?"
)
_FAR = 60  # characters before a label in which its frame and modifiers stand


def label_forms(text: str, language: str) -> Iterator[str]:
    """Yield a label and its other cases: its listed words in the same form, all others as they are.

    >>> list(label_forms("коренные народы", "ru"))[:3]
    ['коренные народы', 'коренных народов', 'коренным народам']
    """
    yield text
    groups = rules(language).groups
    if groups is None:
        return
    words = text.split(" ")
    known = [groups.forms.get(word.strip(",")) for word in words]
    number = max((len(forms) for forms in known if forms), default=0)
    for case in range(number):
        yield " ".join(
            word.replace(word.strip(","), forms[case]) if forms and case < len(forms) else word
            for word, forms in zip(words, known, strict=True)
        )


def plain_groups(text: str, known: Sequence[Hit[Term]], language: str) -> list[Group]:
    """Return the groups that labels name in a text, from left to right, without overlaps.

    ``known`` are the vocabulary's target groups in it. A quantifier before a label belongs to the group's
    words; a modifier makes it a narrower group.
    """
    words = rules(language).groups
    found: list[Group] = []
    for hit in known:
        if found and hit.start < found[-1].end:
            continue
        if words is None:
            found.append(Group(hit.start, hit.end, "vocabulary", hit.value.label, hit.value.entry))
        elif _counts(text, hit, words) or (found and _joins(text[found[-1].end : hit.start])):
            found.append(_widened(text, hit, words, found[-1].end if found else 0))
    return found


def _counts(text: str, hit: Hit[Term], words: GroupWords) -> bool:
    """Whether a label names a group where it stands.

    Quantifiers do where no word follows ("per tutti."); names of places and actors behind words that
    give a group something.
    """
    name = text[hit.start : hit.end].casefold()
    following = text[hit.end :].lstrip()[:1]
    if name in words.bare and (following.isalnum() or following in tuple("(«“")):
        return False
    before = text[max(0, hit.start - _FAR) : hit.start]
    return name not in words.framed or any(frame.search(before) for frame in words.frames)


def _joins(between: str) -> bool:
    """Whether there is nothing but a joint of a list between two groups."""
    return _JOINT.fullmatch(between) is not None


def _widened(text: str, hit: Hit[Term], words: GroupWords, floor: int) -> Group:
    """Return the group with the words that belong to it, none of them before ``floor``."""
    start, end = hit.start, hit.end
    modifier = words.before.search(text, max(floor, start - _FAR), start)
    if modifier is not None and _begins_word(text, modifier.start()):
        start = modifier.start()
    behind = words.after.match(text, end)
    end = behind.end() if behind is not None else end
    core = start
    quantifier = words.quantifiers.search(text, max(floor, start - _FAR), start)
    if quantifier is not None and _begins_word(text, quantifier.start()):
        start = quantifier.start()
    if modifier is None and behind is None:
        return Group(start, end, "vocabulary", hit.value.label, hit.value.entry)
    return Group(start, end, "modified group", text[core:end].casefold(), None, hit.value.entry)


def _begins_word(text: str, position: int) -> bool:
    """Whether a word may begin at a position: no letter stands before it, but for ideographs."""
    return not text[position - 1 : position].isalpha() or text[position] >= "\u3400"
