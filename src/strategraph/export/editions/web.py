"""A comparison as a page: one file without script, to be read, printed and attached."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from pathlib import Path

from strategraph.export.digest.terms import label_of
from strategraph.export.editions.comparison import ADDED, DROPPED, STATES, Comparison, LinkChange, PartChange
from strategraph.export.editions.text import ACTS, FAMILIES, called, heading
from strategraph.export.editions.wording import NEW, OLD
from strategraph.export.labels import one_line

_TAGS = {OLD: "del", NEW: "ins"}


def write(comparison: Comparison) -> bytes:
    """Return the page, whose policy lets in nothing but its own style."""
    style = Path(__file__).with_name("web.css").read_text(encoding="utf-8")
    checksum = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    old, new = comparison.old, comparison.new
    before, after = comparison.titles
    title = f"{before} → {after}"
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'sha256-{checksum}'; base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{_bdi(before, old.language)} → {_bdi(after, new.language)}</h1>\n"
    )
    body = "".join((*_fields(comparison), *_counts(comparison), *_named(comparison), *_parts(comparison)))
    return f"{head}{body}</main>\n</body>\n</html>\n".encode("utf-8", "replace")


def _fields(comparison: Comparison) -> Iterator[str]:
    if comparison.across_languages:
        yield "<p>Two languages: numbers and what is named are compared, and no words.</p>\n"
    if not comparison.fields:
        return
    heads = "".join(f'<th scope="col">{side}</th>' for side in ("old", "new"))
    yield f"<table>\n<thead><tr><td></td>{heads}</tr></thead>\n<tbody>\n"
    for name, sides in comparison.fields.items():
        cells = "".join(f'<td dir="auto">{_text(side) or "–"}</td>' for side in sides)
        yield f'<tr><th scope="row">{_text(name)}</th>{cells}</tr>\n'
    yield "</tbody>\n</table>\n"


def _counts(comparison: Comparison) -> Iterator[str]:
    counts = comparison.counts()
    states = [state for state in STATES if any(found.get(state) for found in counts.values())]
    yield "<h2>In numbers</h2>\n<table>\n<thead><tr><td></td>"
    yield "".join(f'<th scope="col">{state}</th>' for state in states) + "</tr></thead>\n<tbody>\n"
    for kind, found in counts.items():
        cells = "".join(f'<td class="number">{found.get(state, 0) or "–"}</td>' for state in states)
        yield f'<tr><th scope="row">{_text(label_of(kind))}</th>{cells}</tr>\n'
    yield "</tbody>\n</table>\n"


def _named(comparison: Comparison) -> Iterator[str]:
    kept = {link.key for link in comparison.kept_links}
    changes = [change for change in comparison.links if change.link.key not in kept]
    said = "".join(_links(changes))
    if said:
        yield f"<h2>Named in one edition only</h2>\n{said}"


def _parts(comparison: Comparison) -> Iterator[str]:
    yield "<h2>Part by part</h2>\n"
    below: dict[int | None, list[int]] = {}
    for place, change in enumerate(comparison.parts):
        below.setdefault(change.above, []).append(place)

    def items(above: int | None) -> Iterator[str]:
        if above not in below:
            return
        yield "<ul>\n"
        for place in below[above]:
            yield from _part(comparison.parts[place], comparison)
            yield from items(place)
            yield "</li>\n"
        yield "</ul>\n"

    yield from items(None)


def _part(change: PartChange, comparison: Comparison) -> Iterator[str]:
    part = change.part
    yield f'<li class="{" ".join(change.states)}">'
    yield f'<p class="head"><span class="state">{", ".join(change.states)}</span> '
    act = part.kind in ACTS  # its label is its words, cut
    yield f"{_text(called(part)) if act else _bdi(heading(change), part.language)}</p>\n"
    if change.runs:
        runs = "".join(
            f"<{tag}>{_text(run.text)}</{tag}>" if (tag := _TAGS.get(run.side)) else _text(run.text)
            for run in change.runs
        )
        yield f'<p class="words" dir="auto" lang="{_text(part.language)}">{runs}</p>\n'
    elif act or (part.statement and part.statement not in part.label):
        text = _text(part.statement or part.text)
        yield f'<p class="words" dir="auto" lang="{_text(part.language)}">{text}</p>\n'
    for side, numbers in (("old", change.only_old), ("new", change.only_new)):
        if numbers:
            yield f"<p>only {side}: {_text(', '.join(numbers))}</p>\n"
    yield from _links(change.links)
    yield from _places(change)


def _links(changes: tuple[LinkChange, ...] | list[LinkChange]) -> Iterator[str]:
    for family, name in FAMILIES:
        for state, tag in ((DROPPED, "del"), (ADDED, "ins")):
            links = {c.link.key: c.link for c in changes if c.state == state and c.link.family == family}
            if links:
                said = ", ".join(
                    f'<{tag}><bdi title="{_quotes(link.words)}">{_text(link.label)}</bdi></{tag}>'
                    for link in sorted(links.values(), key=lambda link: link.label.casefold())
                )
                yield f"<p>{name} {state}: {said}</p>\n"


def _places(change: PartChange) -> Iterator[str]:
    """Yield the quotes of both sides, with their lines, to be unfolded."""
    for name, side in (("old", change.old), ("new", change.new)):
        if side is not None and side.words:
            yield f"<details><summary>{name} words, line {side.words[0].line}</summary>"
            for words in side.words:
                yield f'<p class="soft" dir="auto">“{_text(words.text)}” (line {words.line})</p>'
            yield "</details>\n"


def _quotes(words: tuple[object, ...]) -> str:
    return _text("; ".join(f"“{getattr(each, 'text', '')}”" for each in words[:3]))


def _bdi(text: str, language: str) -> str:
    tag = f' lang="{_text(language)}"' if language else ""
    return f"<bdi{tag}>{_text(text)}</bdi>"


def _text(text: str) -> str:
    """Return a text for HTML, in one line."""
    return escape(one_line(text))
