"""What stands before a text in the dialects of Markdown, and what no reader of it sees."""

from __future__ import annotations

import re

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
