"""How many citations that editors of the United Nations set as links are found, in documents nobody tuned on.

    python benchmarks/outside/un_citations.py FOLDER [--misses]

FOLDER holds ``documents.jsonl``: a document a line, with paragraphs, and in some ``links`` of anchor and
address; the address ends in the document's symbol. Each paragraph is read alone, as ``strategraph annotate
--lines`` does. A citation counts as found where a mention overlaps the anchor (span), has its number
(number), and its symbol (symbol). Not every citation is linked, so that only recall can be told.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from strategraph.resolution.annotation.citations import Cited, citations_in

ADDRESS = re.compile(r"^https?://[^/]+/(?:en/)?")
YEAR = re.compile(r"\((?:19|20)\d\d\)$")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print the citations that are not found")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    for document, text, links in paragraphs(options.folder / "documents.jsonl"):
        found = citations_in(text)
        for anchor, start, symbol in placed(text, links):
            counts["links"] += 1
            here = [one for one in found if one.start < start + len(anchor) and start < one.end]
            right = {
                "span": bool(here),
                "number": any(is_number(one, anchor) for one in here),
                "symbol": any(bare(one.symbol) == bare(symbol) for one in here),
            }
            counts.update(name for name, is_right in right.items() if is_right)
            if options.misses and not all(right.values()):
                missed = ", ".join(name for name, is_right in right.items() if not is_right)
                got = [(one.text, one.number, one.symbol) for one in here]
                print(f"{document}: {missed}: {anchor} ({symbol}) got {got}")
    total = counts["links"]
    print(
        f"{total} linked citations",
        *(f"{name} {counts[name] / total:.3f}" for name in ("span", "number", "symbol")),
    )


def paragraphs(path: Path) -> Iterator[tuple[str, str, list[list[str]]]]:
    """Yield the name, text and links of each paragraph that has links."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            document = json.loads(line)
            for paragraph in document["paragraphs"]:
                if paragraph.get("links"):
                    yield document["document"], paragraph["text"], paragraph["links"]


def placed(text: str, links: list[list[str]]) -> Iterator[tuple[str, int, str]]:
    """Yield each link's anchor, where it stands, and the symbol in its address."""
    position = 0
    for anchor, address in links:
        start = text.find(anchor, position)
        if start < 0:
            start = text.find(anchor)
        position = max(position, start + len(anchor))
        yield anchor, max(start, 0), ADDRESS.sub("", address)


def is_number(one: Cited, anchor: str) -> bool:
    """Whether a mention has the number that an anchor prints; letters of parts are not in the anchors."""
    number = bare(one.number)
    wanted = bare(YEAR.sub("", anchor.strip()))
    return bool(number) and (
        number == wanted or re.fullmatch(rf"{re.escape(wanted)}[A-Z]", number) is not None
    )


def bare(text: str | None) -> str:
    """Return a text without its spaces."""
    return "".join((text or "").split())


if __name__ == "__main__":
    main()
