"""Our gazetteer against spaCy's PhraseMatcher: the same terms, the same text.

    pip install spacy
    python benchmarks/matching.py [FILE…] [--megabytes N]

Terms are the labels of the built-in vocabularies; the text is that of the files (by default the plan in
``data/plans``), repeated to the size wanted, one passage a paragraph; ``--megabytes 0`` takes it once, as
real texts come: repeated words are in spaCy's caches after the first round. Both match by lower case; ours
also takes variants of hyphens, apostrophes and white space for equal and gives exact offsets back. Without
spaCy only ours is measured.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from strategraph.extraction.concepts import find_concepts
from strategraph.knowledge import resources, vocabulary
from strategraph.knowledge.gazetteer import Gazetteer
from strategraph.model import Passage


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--megabytes", type=float, default=1.0)
    options = parser.parse_args()
    text = paragraphs(options.files or resources.files("data/plans", ".txt"), options.megabytes)
    known = vocabulary.load()
    terms = sorted({label.text for entry in known.entries for label in entry.names("en")})
    size = sum(len(paragraph.encode()) for paragraph in text)
    print(f"{len(terms)} terms, {len(text)} paragraphs, {size / 1e6:.2f} MB")
    measure("strategraph gazetteer", size, *ours(terms, text))
    measure("  and groups in context", size, lambda: None, lambda: in_context(text, known))
    try:
        measure("spaCy PhraseMatcher", size, *spacys(terms, text))
    except ImportError:
        print("spaCy is not installed: nothing to compare with")


def paragraphs(files: Sequence[Path], megabytes: float) -> list[str]:
    """Return the paragraphs of some files, repeated until they come to a size."""
    once = [line for path in files for line in path.read_text("utf-8").splitlines() if line.strip()]
    size = sum(len(line.encode()) for line in once)
    return once * max(1, round(megabytes * 1e6 / size))


def measure(name: str, size: int, build: Callable[[], object], match: Callable[[], int]) -> None:
    start = time.process_time()
    build()
    built = time.process_time()
    count = match()
    end = time.process_time()
    print(
        f"{name:26} built in {built - start:6.3f} s, {size / 1e6 / (end - built):7.3f} MB/s, {count} matches"
    )


def ours(terms: Sequence[str], text: Sequence[str]) -> tuple[Callable[[], object], Callable[[], int]]:
    gazetteer: list[Gazetteer[str]] = []

    def build() -> None:
        gazetteer.append(Gazetteer((term, term) for term in terms))

    return build, lambda: sum(1 for paragraph in text for _ in gazetteer[0].find(paragraph))


def in_context(text: Sequence[str], known: vocabulary.Vocabulary) -> int:
    return len(find_concepts([Passage(paragraph, ((0, 0),)) for paragraph in text], known, "en"))


def spacys(terms: Sequence[str], text: Sequence[str]) -> tuple[Callable[[], object], Callable[[], int]]:
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")

    def match() -> int:
        documents = nlp.pipe(text)
        return sum(len(filter_spans(matcher(document, as_spans=True))) for document in documents)

    return lambda: matcher.add("term", list(nlp.pipe(terms))), match


if __name__ == "__main__":
    main()
