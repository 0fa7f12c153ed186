"""What stands before a text in the dialects of Markdown, and what no reader of it sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from strategraph.model import Block, passage

_FILE_COMMENT = r"\.\.[ ]+[^\n]*\n"  # ".. FILE: pages/plan.md", between files that were put together
_FRONT_MATTER = re.compile(
    rf"(?:\A|^{_FILE_COMMENT})(?:[ \t]*\n|{_FILE_COMMENT}){{0,9}}"
    r"---[ \t]*\n(?P<body>(?:(?!---|\.\.\.)[^\n]*\n)*)(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
_ENTRY = re.compile(r"^(?P<key>[A-Za-z][\w-]*)[ \t]*:[ \t]+(?P<value>\S.*?)[ \t]*$", re.MULTILINE)
_LANGUAGE_KEYS = ("lang", "language", "locale")


def front_matters(text: str) -> list[tuple[int, int, tuple[tuple[str, str], ...]]]:
    """Return each front matter: its range, and its entries that are one line of plain text.

    A front matter opens the text or one of the files it was put together from.

    >>> front_matters("---\\ntitle: 'A Plan'\\nlang: en\\n---\\n# One")[0][2]
    (('title', 'A Plan'), ('language', 'en'))
    """
    return [(m.start(), m.end(), _entries(m["body"])) for m in _FRONT_MATTER.finditer(text)]


def _entries(body: str) -> tuple[tuple[str, str], ...]:
    """Return the entries of a front matter in their order, the keys in lower case."""
    entries: dict[str, str] = {}
    for match in _ENTRY.finditer(body):
        key, value = match["key"].lower(), match["value"]
        if value[0] in "|>[{&*!#":
            continue  # YAML's structures say nothing that is needed here
        if value[0] in "\"'" and value.endswith(value[0]) and len(value) > 1:
            value = value[1:-1]
        key = "language" if key in _LANGUAGE_KEYS else key
        if value:
            entries.setdefault(key, value)
    return tuple(entries.items())


_FIELD = re.compile(
    r"(?P<indent>[ ]*)(?:-[ ]+)?(?:(?P<key>[A-Za-z_][\w-]*):(?:[ ]+|$))?"
    r"(?P<mark>[*+-][ ]+)?(?P<value>.*?)[ \t]*$"
)
_NAMES = ("title", "label", "name", "heading")  # fields that name what the others beside them say
_FEWEST = 2  # words of a value that is text and no setting


def blocks_within(text: str, start: int, end: int) -> Iterator[Block]:
    """Yield the texts that the front matter between two offsets holds, where a page has no other.

    Site generators keep a page's sections there: a field that names is a heading of the depth of its
    indentation, a line with a list mark an item, other text a paragraph.
    """
    offset = start
    for line in text[start:end].split("\n"):
        match = _FIELD.match(line)
        assert match is not None
        value, at = match["value"], offset + match.start("value")
        offset += len(line) + 1
        quoted = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
        first, last = (at + 1, at + len(value) - 1) if quoted else (at, at + len(value))
        names = match["key"] in _NAMES
        if not value or value[0] in "|>[{&!#" or value.startswith(("---", "...")):
            continue
        if not names and len(value.split()) < _FEWEST:
            continue
        words = passage(text, [(first, last)])
        if not words:
            continue
        depth = len(match["indent"]) // 2 + 1
        if names:
            yield Block("heading", words, level=depth)
        elif match["mark"] or (match["key"] is None and line.lstrip().startswith("- ")):
            yield Block("item", words, level=1, marker="•")
        else:
            yield Block("paragraph", words)
