"""Whether the addressee of operative paragraphs is found: a sample of 100, kept without its words.

    python benchmarks/outside/addressees.py FOLDER

FOLDER holds the ``documents.jsonl`` of the citations' benchmark. ``addressees.json`` beside this script
says of each paragraph of the sample by document, position and checksum where its first addressee stands
(null: it has none). The sample was drawn at random; one reader labelled it while the rules were made,
correcting what they gave, so that it shows what the rules do and guards it, and is no blind test. Right is
the same words, but for an article.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from strategraph.extraction.provisions.paragraphs import read_paragraph


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    documents = {}
    for line in (options.folder / "documents.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        documents[document["document"]] = document["paragraphs"]
    right = wanted = found = hits = 0
    sample = json.loads(Path(__file__).with_name("addressees.json").read_text(encoding="utf-8"))
    for name, position, checksum, place in sample:
        text = documents[name][position]["text"]
        if hashlib.sha256(text.encode()).hexdigest()[:16] != checksum:
            raise SystemExit(f"{name}, paragraph {position}: not the text that was labelled")
        addressee = read_paragraph(text).addressee
        got = None if addressee is None else [addressee.start, addressee.end]
        right += got == place
        wanted += place is not None
        found += got is not None
        hits += got is not None and got == place
    print(
        f"{len(sample)} paragraphs: right {right / len(sample):.2f};"
        f" of {wanted} addressees {hits} found, of {found} given"
    )


if __name__ == "__main__":
    main()
