"""Refuses queries that the engine would follow deeper than its stack reaches, before it sees them.

The engine's parser, its optimiser and its evaluation call themselves once for each bracket, operator and
clause that stands within or behind another; where the stack ends, the process does, without a word. On 8 MB
of stack, the least of such constructs (``IF`` within ``IF``, ``EXISTS`` within ``EXISTS``) ends it between
300 and 1,000 deep, brackets and chains (``+``, ``&&``, ``BIND``) between 1,000 and 10,000. The bounds here
are below all of them; the longest question of the catalogue has 24 operators and clauses, 7 deep.

Counting is by tokens, so that strings, comments, names and the data of VALUES, however long, cost nothing.
Where a token could be read in two ways (``<`` begins an IRI, and compares) it is bounded in both.
"""

from __future__ import annotations

import re

from strategraph.errors import UnusableInputError

LONGEST = 1_000_000
"""Characters that a query may have."""
DEEPEST = 100
"""Brackets that may be open at once."""
MOST = 500
"""Operators and clauses that a query may have."""

_CLAUSES = "AS|BIND|EXISTS|FILTER|GRAPH|IF|LATERAL|MINUS|OPTIONAL|SELECT|SERVICE|UNION"
_OPERATORS = r"&&|\|\||[!+*/|^-]"
_IRI = r"<[^<>\"{}|^`\\\x00-\x20]*>"
_TOKEN = re.compile(
    rf"""
      (?P<data> (?<![\w?$:@-]) VALUES \s* (?: [?$]\w+ | \([^(){{}}]*\) ) \s* \{{ )
    | (?P<name> {_IRI} | [^\W\d][\w.-]{{0,100}}:[\w:.%-]* | :[\w:.%-]+ )
    | '''(?:[^'\\]|\\.|'(?!''))*+''' | \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\"
    | '(?:[^'\\\n\r]|\\.)*+' | "(?:[^"\\\n\r]|\\.)*+"
    | \\. | \#[^\n\r]* | [?$]\w* | @[\w-]*
    | (?P<open> << | [({{\[] ) | (?P<close> >> | [)}}\]] )
    | (?P<step> {_OPERATORS} | \b(?:{_CLAUSES})\b )
    | \w+
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_STEP = re.compile(_OPERATORS)
_OPENING = re.compile(r"<<|[({\[]")
_APOSTROPHE_IN_IRI = re.compile(_IRI.replace("]*", "']*'", 1)[:-1] + _IRI[1:])


def refuse_deep(query: str) -> None:
    """Raise :class:`UnusableInputError` for a query that is too long, nested too deep, or has too many steps.

    >>> refuse_deep("SELECT * WHERE " + "{" * 5000 + "}" * 5000)
    Traceback (most recent call last):
    strategraph.errors.UnusableInputError: the query is nested more than 100 deep, the limit: ...
    """
    if len(query) > LONGEST:
        raise UnusableInputError(f"the query has more than {LONGEST:,} characters, the limit")
    if len(_OPENING.findall(query)) <= DEEPEST and len(_STEP.findall(query)) <= DEEPEST:
        return  # whatever is in strings and names
    depth = steps = 0
    in_data = False
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup
        if kind == "data":
            in_data = True
        elif in_data:
            in_data = match[0] != "}"
        elif kind == "open":
            depth += 1
            steps += match[0] == "{"
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "step":
            steps += 1
        elif kind == "name":
            _refuse(depth + len(_OPENING.findall(match[0])), steps=len(_STEP.findall(match[0])))
        _refuse(depth, steps)
    if _APOSTROPHE_IN_IRI.search(query):
        raise UnusableInputError(
            "the query is long and has an IRI with an apostrophe, which cannot be told from a string there:"
            " write it as %27"
        )


def _refuse(depth: int, steps: int) -> None:
    if depth > DEEPEST:
        raise UnusableInputError(
            f"the query is nested more than {DEEPEST} deep, the limit: the engine's stack would end"
        )
    if steps > MOST:
        raise UnusableInputError(
            f"the query has more than {MOST} operators and clauses, the limit: the engine's stack would end;"
            " lists of values (IN, VALUES) may be of any length"
        )
