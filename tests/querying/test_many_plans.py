"""Questions over many plans, and what is said where there is no answer."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from click.testing import CliRunner, Result

from strategraph.cli import main

VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"


def ask(folder: Path, name: str, **values: str) -> Result:
    given = [word for key, value in values.items() for word in ("-p", f"{key}={value}")]
    return CliRunner().invoke(main, ["query", str(folder), name, *given, "-f", "csv"])


def rows(folder: Path, name: str, **values: str) -> list[dict[str, str]]:
    result = ask(folder, name, **values)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_goals_are_the_plans_own_top_level(neighbours: Path) -> None:
    ends = [row["iri"].split("/plan/")[1].split("/", 1)[1] for row in rows(neighbours, "goals")]
    assert sorted(ends) == ["goal/1", "goal/2", "objective/1", "priority/1", "priority/2"]
    served = {
        row["iri"].rpartition("/plan/")[2].split("/", 1)[1]
        for row in rows(neighbours, "goals-for-group", group="youth")
    }
    assert served == {"priority/1", "objective/1"}


def test_groups_that_most_plans_name(neighbours: Path) -> None:
    found = {row["group"]: (row["plans"], row["addressed"]) for row in rows(neighbours, "groups-by-plans")}
    assert found["women and girls"] == ("2", "2")
    assert found["older persons"] == ("1", "1")


def test_resolutions_that_tie_plans_together(neighbours: Path) -> None:
    found = rows(neighbours, "instruments-by-plans")
    assert {row["instrument"] for row in found} == {"ITU Plenipotentiary Conference Resolution 71"}
    assert len(found) == 2


def test_plans_that_name_a_group_and_set_no_target_for_it(neighbours: Path) -> None:
    assert [row["group"] for row in rows(neighbours, "without-targets-for")] == ["persons with disabilities"]
    found = rows(neighbours, "without-targets-for", named="women and girls")
    assert [row["iri"].rpartition("/")[2].split("-")[0] for row in found] == ["coast"]


def test_similar_goals_of_two_organisations(neighbours: Path) -> None:
    (row,) = rows(neighbours, "similar-goals")
    assert {row["iri"].rpartition("/")[2]} == {"1"}
    assert 0.3 <= float(row["alike"]) < 1
    assert rows(neighbours, "similar-goals", at_least="0.99") == []


def test_what_one_plan_addresses_and_its_peers_do_not(neighbours: Path) -> None:
    only = {row["group"] for row in rows(neighbours, "groups-of-one-plan", of_plan="Harbour Plan 2024-2027")}
    assert "older persons" in only
    assert "women and girls" not in only
    peers = {row["group"] for row in rows(neighbours, "groups-of-peers", of_plan="Hill Strategy 2025-2030")}
    assert "women and girls" in peers
    assert "youth" not in peers


def test_organisations_that_may_be_one_are_listed(neighbours: Path) -> None:
    (row,) = rows(neighbours, "organizations-alike")
    assert (row["name"], row["one"], row["other"]) == ("river guild", "River Guild", "RG")


def test_an_answer_without_rows_says_what_to_ask_instead() -> None:
    result = ask(VALID, "targets")
    assert (
        "no rows: there are no targets or indicators in the graph; targets-with-numbers has" in result.stderr
    )


def test_an_answer_without_rows_says_why(neighbours: Path) -> None:
    result = ask(neighbours, "goals-for-group", group="woman")
    assert result.exit_code == 0
    assert "no rows: nothing here is called “woman”; did you mean “women and girls”" in result.stderr
    result = ask(neighbours, "mandates")
    assert "no rows: there are no provisions of resolutions in the graph" in result.stderr
    result = ask(neighbours, "similar-goals", at_least="1")
    assert "no rows: no two plans here have goals that are so alike" in result.stderr
    assert ask(neighbours, "goals-for-group", group="youth").stderr == ""
