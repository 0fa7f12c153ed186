"""What the models of groups learn from beside the documents of others fits the texts it is about."""

from __future__ import annotations

from pathlib import Path

from strategraph.evaluation.training.examples import marks

DATA = Path(__file__).parents[3] / "data"


def test_marked_groups_stand_in_their_elements() -> None:
    texts: dict[str, list[str]] = {}
    wrong = []
    for line in (DATA / "models" / "groups-marked.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, number, words = line.split("\t")
        if name not in texts:
            found = marks((DATA / "gold" / "marked" / name).read_text("utf-8"))
            texts[name] = [" ".join(mark.text.split()) for mark in found]
        if number:
            text = texts[name][int(number) - 1]
            wrong += [(name, number, surface) for surface in words.split("|") if surface not in text]
    assert wrong == []


def test_lists_of_words_say_each_word_once_a_class() -> None:
    for path in sorted((DATA / "words").glob("??.tsv")):
        lines = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line[0] != "#"]
        assert [name for name, _ in lines] == sorted({name for name, _ in lines}), path
        for name, words in lines:
            assert words.split(" ") == sorted(set(words.split(" "))), (path, name)
