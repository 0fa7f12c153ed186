"""What a comparison counts, and the faults it found: as values, as a table, as JSON."""

from __future__ import annotations

import json

from strategraph.evaluation import Scores, scores
from strategraph.evaluation.scores import Difference, Share, Tally

FIRST = Scores(
    elements={"Vision": Tally(1, 1, 1), "Goal": Tally(2, 4, 3)},
    parents=Share(2, 3),
    groups=Tally(1, 3, 4),
    groups_lenient=Tally(2, 3, 4),
    instruments=Tally(0, 1, 0),
    fields=Share(3, 4),
    faults=(
        Difference("missed", "Goal 2", "Connect the islands", 12),
        Difference("false hit", "plan end", "2027", None, "the document does not say"),
    ),
)
SECOND = Scores(elements={"Goal": Tally(1, 1, 1)}, adoption=Tally(1, 1, 1), fields=Share(4, 4))


def test_one_document_is_shown_by_kind() -> None:
    assert scores.table([("plan.txt", FIRST)]) == (
        "                        precision  recall     F1  hits  found  gold\n"
        "Vision                      1.000   1.000  1.000     1      1     1\n"
        "Goal                        0.500   0.667  0.571     2      4     3\n"
        "all elements                0.600   0.750  0.667     3      5     4\n"
        "target groups, strict       0.333   0.250  0.286     1      3     4\n"
        "target groups, lenient      0.667   0.500  0.571     2      3     4\n"
        "instruments                 0.000       -  0.000     0      1     0\n"
        "adoption                        -       -      -     0      0     0\n"
        "\n"
        "             accuracy  right  of\n"
        "parents         0.667      2   3\n"
        "plan fields     0.750      3   4\n"
    )


def test_several_documents_have_a_line_each_and_a_total() -> None:
    lines = scores.table([("plan.txt", FIRST), ("other.md", SECOND)]).splitlines()
    assert lines[:4] == [
        "          elements P      R     F1  parents  groups F1  lenient F1  instruments F1  adoption F1  plan fields",
        "plan.txt       0.600  0.750  0.667    0.667      0.286       0.571           0.000            -        0.750",
        "other.md       1.000  1.000  1.000        -          -           -               -        1.000        1.000",
        "total          0.667  0.800  0.727    0.667      0.286       0.571           0.000        1.000        0.875",
    ]
    assert lines[4] == ""
    assert "all elements                0.667   0.800  0.727     4      6     5" in lines


def test_several_readers_have_a_line_each_with_the_mean_over_documents() -> None:
    without = ("none.md", Scores(elements={"Goal": Tally(0, 1, 0)}))  # has none: no part of the mean
    readers = {"ours": [("plan.txt", FIRST), without], "joined": [("plan.txt", FIRST), ("other.md", SECOND)]}
    lines = [line.split("  ") for line in scores.comparison(readers).splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert cells[0][:5] == ["elements P", "R", "F1", "macro F1", "parents"]
    assert cells[1][:6] == ["ours", "0.500", "0.750", "0.600", "0.667", "0.667"]
    assert cells[2][:6] == ["joined", "0.667", "0.800", "0.727", "0.833", "0.667"]
    assert scores.macro([without]) is None


def test_json_has_every_count_and_null_for_what_is_undefined() -> None:
    content = json.loads(scores.as_json([("plan.txt", FIRST), ("other.md", SECOND)]))
    first, second = content["documents"]
    assert (first["document"], second["document"]) == ("plan.txt", "other.md")
    assert first["types"]["Goal"] == {
        "precision": 0.5,
        "recall": 0.6667,
        "f1": 0.5714,
        "hits": 2,
        "found": 4,
        "gold": 3,
    }
    assert first["adoption"]["f1"] is None
    assert first["instruments"]["recall"] is None
    assert first["parents"] == {"accuracy": 0.6667, "right": 2, "of": 3}
    assert first["target_groups"]["lenient"]["hits"] == 2
    assert content["total"]["elements"]["gold"] == 5
    assert content["total"]["fields"]["right"] == 7
    assert content["total"]["macro_f1"] == 0.8333
    assert "errors" not in first


def test_json_lists_the_errors_if_asked() -> None:
    content = json.loads(scores.as_json([("plan.txt", FIRST)], faults=True))
    assert content["documents"][0]["errors"] == [
        {"kind": "missed", "what": "Goal 2", "text": "Connect the islands", "line": 12, "note": ""},
        {
            "kind": "false hit",
            "what": "plan end",
            "text": "2027",
            "line": None,
            "note": "the document does not say",
        },
    ]


def test_faults_are_listed_with_their_place() -> None:
    assert scores.fault_list([("plan.txt", FIRST), ("other.md", SECOND)]) == (
        "plan.txt:12: missed: Goal 2: Connect the islands\n"
        "plan.txt: false hit: plan end: 2027 (the document does not say)\n"
    )
