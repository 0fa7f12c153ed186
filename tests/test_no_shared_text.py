"""Nothing of the documents that were learnt from stands in the tree: no run of eight of their words."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "train" / "docs"
RUN = 8  # words
LEAST = 30  # characters: a shorter run of eight words is no sentence of anybody's
TEXTS = (".md", ".html", ".txt", ".rst", ".adoc")


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return (
        run for run in zip(*(words[at:] for at in range(RUN)), strict=False) if len("".join(run)) >= LEAST
    )


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not beside the checkout")
def test_no_run_of_eight_words_of_a_document_stands_in_the_tree() -> None:
    known: dict[int, str] = {}
    for path in sorted(SHARED.iterdir()):
        if path.suffix in TEXTS:
            text = re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8", errors="replace"))
            known.update((hash(run), path.name) for run in runs(text))
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    found = []
    for name in filter(None, tracked):
        path = ROOT / name
        # the seed was published to be shipped; vendored code and licences quote what everybody quotes
        if (
            name.startswith(("data/plans/", "src/strategraph/querying/serving/static/"))
            or name == "LICENSE"
            or not path.is_file()
        ):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [(name, known[hash(run)], " ".join(run)) for run in runs(text) if hash(run) in known]
    assert found == []
