"""The build command as people run it: what it writes, says and returns, and what it leaves alone."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import RDF, SH, Graph

from strategraph.cli import main
from strategraph.rdf.namespace import SG

SEED = Path(__file__).parents[2] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"
STEM = SEED.stem


def run(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=text)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_seed(tmp_path: Path) -> None:
    result = run("build", SEED, "-o", tmp_path)
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"{STEM}.coverage.json",
        f"{STEM}.graphml",
        f"{STEM}.report.ttl",
        f"{STEM}.sha256",
        f"{STEM}.ttl",
        f"{STEM}.txt",
    ]
    assert (tmp_path / f"{STEM}.txt").read_bytes() == SEED.read_bytes()
    for words in (
        "ITU Strategic Plan 2024-2027",
        "2024–2027",
        "Resolution 71 (Rev. Bucharest, 2022), ITU Plenipotentiary Conference",
        "Goal 2: Sustainable Digital Transformation",
        "women and girls",
        "conforms: no violations",
        f"{STEM}.graphml",
    ):
        assert words in result.stdout


def test_formats_that_are_asked_for(tmp_path: Path) -> None:
    assert (
        run(
            "build", SEED, "-o", tmp_path, "-f", "ntriples", "-f", "trig", "-f", "jsonld", "-f", "nq"
        ).exit_code
        == 0
    )
    light = Graph().parse(tmp_path / f"{STEM}.ttl")
    assert len(Graph().parse(tmp_path / f"{STEM}.nt")) == len(light)
    assert {path.suffix for path in tmp_path.iterdir()} >= {".nt", ".nq", ".trig", ".jsonld"}


def test_the_report_is_a_shacl_report(tmp_path: Path) -> None:
    run("build", SEED, "-o", tmp_path)
    report = Graph().parse(tmp_path / f"{STEM}.report.ttl")
    assert len(list(report.subjects(RDF.type, SH.ValidationReport))) == 1


def test_coverage_lists_every_sentence_with_its_facts(tmp_path: Path) -> None:
    run("build", SEED, "-o", tmp_path)
    coverage = json.loads((tmp_path / f"{STEM}.coverage.json").read_text(encoding="utf-8"))
    text = (tmp_path / f"{STEM}.txt").read_text(encoding="utf-8")
    assert coverage["summary"]["sentences"] == len(coverage["sentences"]) == 15
    assert {"acronym": "ICTs", "long_form": "information and communication technologies"} in coverage[
        "acronyms"
    ]
    slogan = next(s for s in coverage["sentences"] if s["text"].startswith("Committed"))
    assert slogan["facts"] == []
    last = coverage["sentences"][-1]
    assert {fact["predicate"] for fact in last["facts"]} == {"sg:adoptedBy"}
    for sentence in coverage["sentences"]:
        words = " ".join(text[sentence["start"] : sentence["end"]].split())
        assert words == sentence["text"]


def build_elsewhere(out: Path, cwd: Path, seed: str) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "strategraph",
            "build",
            str(SEED),
            "-o",
            str(out),
            "-f",
            "trig",
            "-f",
            "jsonld",
            "-f",
            "nt",
        ],
        check=True,
        cwd=cwd,
        env={**os.environ, "PYTHONHASHSEED": seed},
        stdout=subprocess.DEVNULL,
    )


def test_the_same_bytes_on_every_run(tmp_path: Path) -> None:
    for number, (cwd, seed) in enumerate([(tmp_path, "0"), (Path("/"), "1"), (SEED.parent, "4711")]):
        build_elsewhere(tmp_path / str(number), cwd, seed)
    assert digests(tmp_path / "0") == digests(tmp_path / "1") == digests(tmp_path / "2")


def test_standard_input(tmp_path: Path) -> None:
    result = run("build", "-", "-o", tmp_path, text="Goal 1: Water for everyone\n")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "stdin.ttl").exists()


def test_folders_and_sources_of_one_stem(tmp_path: Path) -> None:
    sources, out = tmp_path / "in", tmp_path / "out"
    sources.mkdir()
    (sources / "plan.txt").write_text("Goal 1: Water for everyone\n", encoding="utf-8")
    (sources / "plan.md").write_text("## Goal 1: Water for everyone\n", encoding="utf-8")
    (sources / "other.txt").write_text("Goal 2: Schools in every town\n", encoding="utf-8")
    assert run("build", sources, "-o", out).exit_code == 0
    assert {path.name for path in out.glob("*.ttl") if "report" not in path.name} == {
        "plan.txt.ttl",
        "plan.md.ttl",
        "other.ttl",
    }


def test_one_bad_source_does_not_stop_the_others(tmp_path: Path) -> None:
    result = run("build", tmp_path / "missing.txt", SEED, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "missing.txt" in result.stderr
    assert (tmp_path / "out" / f"{STEM}.ttl").exists()


def test_strict_counts_warnings(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("Goal 1: Water for everyone\n", encoding="utf-8")
    assert run("build", tmp_path / "plan.txt", "-o", tmp_path / "out").exit_code == 0
    assert run("build", tmp_path / "plan.txt", "-o", tmp_path / "out", "--strict").exit_code == 1


def test_a_source_is_never_overwritten(tmp_path: Path) -> None:
    same = tmp_path / "plan.txt"
    same.write_text("Goal 1: Water for everyone\n", encoding="utf-8")
    assert run("build", same, "-o", tmp_path).exit_code == 0
    assert same.read_text(encoding="utf-8") == "Goal 1: Water for everyone\n"
    other = tmp_path / "other.txt"
    other.write_bytes(b"Goal 1: Water for everyone\r\n")
    result = run("build", other, "-o", tmp_path)
    assert result.exit_code == 2
    assert "overwrite" in result.stderr
    assert other.read_bytes() == b"Goal 1: Water for everyone\r\n"


def test_another_base(tmp_path: Path) -> None:
    run("build", SEED, "-o", tmp_path, "--base-iri", "https://example.org/id/")
    graph = Graph().parse(tmp_path / f"{STEM}.ttl")
    (plan,) = graph.subjects(RDF.type, SG.StrategicPlan)
    assert str(plan) == f"https://example.org/id/plan/{STEM}"


BAD = {
    "missing.txt": (None, "no such file"),
    "empty.txt": (b"", "is empty"),
    "white.txt": (b" \n\t\n", "white space"),
    "binary.txt": (b"\x00\x01\x02\xff" * 100, "not text"),
    "latin.txt": ("Goal 1: Über alles, Café\n".encode("latin-1"), "--encoding"),
    "nothing.txt": (b"The quick brown fox jumps over the lazy dog.\n", "nothing of a plan is recognised"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_and_leaves_outputs_alone(tmp_path: Path, name: str) -> None:
    content, message = BAD[name]
    source, out = tmp_path / name, tmp_path / "out"
    if content is not None:
        source.write_bytes(content)
    out.mkdir()
    (out / f"{source.stem}.ttl").write_text("kept", encoding="utf-8")
    result = run("build", source, "-o", out)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert message in result.stderr
    assert digests(out) == {f"{source.stem}.ttl": hashlib.sha256(b"kept").hexdigest()}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "graphmll"], "did you mean graphml"),
        (["--base-iri", "nowhere"], "not an absolute IRI"),
        (["--base-iri", "https://example.org/id"], "must end in"),
        (["--vocabulary", "missing.ttl"], "missing.ttl"),
        (["--from", "markdwn"], "markdown"),
        (["--corrections", "missing.toml"], "missing.toml"),
    ],
)
def test_bad_options(tmp_path: Path, arguments: list[str], message: str) -> None:
    result = run("build", SEED, "-o", tmp_path / "out", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_without_sources(tmp_path: Path) -> None:
    result = run("build", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "no source in this folder" in result.stderr


def test_citations_without_goals_are_a_graph(tmp_path: Path) -> None:
    source = tmp_path / "note.txt"
    source.write_text(
        "We recall Resolution 71 (Rev. Dubai, 2018) and the Paris Agreement.\n", encoding="utf-8"
    )
    result = run("build", source, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    graph = Graph().parse(tmp_path / "out" / "note.ttl")
    assert len(list(graph.objects(None, SG.cites))) == 2


def test_pages_of_a_pdf(tmp_path: Path) -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab makes the PDF")
    pdf = canvas.Canvas(str(tmp_path / "plan.pdf"))
    for number, words in enumerate(("Water for everyone", "Air for everyone"), start=1):
        pdf.drawString(72, 720, f"Goal {number}: {words}")
        pdf.showPage()
    pdf.save()
    result = run("build", tmp_path / "plan.pdf", "-o", tmp_path / "out", "--pages", "2")
    assert result.exit_code == 0, result.output
    assert "Goal 2: Air for everyone" in result.stdout
    assert "Goal 1" not in result.stdout
    wrong = run("build", tmp_path / "plan.pdf", "-o", tmp_path / "out", "--pages", "two")
    assert (wrong.exit_code, wrong.stderr.count("\n")) == (2, 1)


def test_a_source_given_twice_is_built_once(tmp_path: Path) -> None:
    result = run("build", SEED, SEED.parent / "." / SEED.name, "-o", tmp_path)
    assert result.exit_code == 0
    assert result.stdout.count("written") == 1


def test_two_sources_never_share_an_output(tmp_path: Path) -> None:
    first, second = tmp_path / "plan.txt", tmp_path / "plan.report.txt"
    first.write_text("Goal 1: Reach rural women\n", encoding="utf-8")
    second.write_text("Goal 1: Reach urban women\n", encoding="utf-8")
    result = run("build", first, second, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    graphs = [tmp_path / "out" / name for name in ("plan.ttl", "plan.report.txt.ttl")]
    assert [("rural" in graph.read_text(encoding="utf-8")) for graph in graphs] == [True, False]


def test_another_source_is_never_overwritten(tmp_path: Path) -> None:
    first, second = tmp_path / "plan.md", tmp_path / "plan.md.txt"
    first.write_text("# Goal 1: Reach *rural* women\n", encoding="utf-8")
    second.write_text("Goal 1: Reach urban women\n", encoding="utf-8")
    other = tmp_path / "plan.html"
    other.write_text("<html><p>Goal 1: Reach rural women</p></html>", encoding="utf-8")
    result = run("build", first, other, second, "-o", tmp_path)
    assert result.exit_code == 0, result.output
    assert second.read_text(encoding="utf-8") == "Goal 1: Reach urban women\n"
    assert len({path.name for path in tmp_path.glob("*.ttl") if "report" not in path.name}) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    source = os.path.join(os.fsencode(tmp_path), b"plan-\xff.txt")
    Path(os.fsdecode(source)).write_text("Goal 1: Reach rural women\n", encoding="utf-8")
    result = run("build", os.fsdecode(source), "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    graph = next(path for path in (tmp_path / "out").glob("*.ttl") if "report" not in path.name)
    assert "plan-\ufffd.txt" in graph.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--max-size", "1KB", "has more than 1,024 bytes, the limit"),
        ("--max-characters", "1,000", "has more than 1,000 characters, the limit"),
    ],
)
def test_limits_are_options(option: str, value: str, said: str, tmp_path: Path) -> None:
    result = run("build", SEED, "-o", tmp_path / "out", option, value)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert said in result.stderr
    assert option in result.stderr  # what to raise
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("size", ["1MB", "1 mb", "1024k", "1048576", "1MiB", "0.5GB"])
def test_sizes_may_have_units(size: str, tmp_path: Path) -> None:
    assert run("build", SEED, "-o", tmp_path, "--max-size", size).exit_code == 0


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--max-size", "0"), ("--max-size", "5x"), ("--max-size", "-1MB"), ("--max-size", "1e9"), ("--max-memory", ""),
        ("--max-unpacked", "99999999TB"), ("--max-pages", "0"), ("--max-pages", "1.5"), ("--max-characters", "\u0661x"),
        ("--max-ratio", "-3"), ("--max-seconds", "0"), ("--max-seconds", "nan"), ("--max-seconds", "inf"),
    ],
)  # fmt: skip
def test_what_is_no_limit_is_one_line(option: str, value: str, tmp_path: Path) -> None:
    result = run("build", SEED, "-o", tmp_path / "out", option, value)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"strategraph: error: {option}: {value!r} is no ")
    assert result.stderr.count("\n") == 1


def test_help_shows_the_limits() -> None:
    shown = " ".join(run("build", "--help").stdout.split())
    for default in ("256MB", "512MB", "200", "5000000", "5000", "600", "2048MB"):
        assert f"[default: {default}]" in shown


def test_pages_of_what_has_none(tmp_path: Path) -> None:
    result = run("build", SEED, "-o", tmp_path, "--pages", "1-2")
    assert result.exit_code == 2
    assert result.stderr == (
        f"strategraph: error: {SEED.name}: read as text, it has no pages to choose from; read it without --pages\n"
    )


def test_too_little_memory_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhaust(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("strategraph.pipeline.build", exhaust)
    result = run("build", SEED, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr.startswith("strategraph: error: there is not enough memory")
    assert not (tmp_path / "out").exists()


def test_decisions_of_a_folder_go_to_their_sources(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("Harbour Plan 2024-2027\n\nGoal 1: Reach\n", encoding="utf-8")
    (tmp_path / "a.corrections.toml").write_text(
        "[[element]]\ntext = 'Reach'\nis = 'Priority'\n", encoding="utf-8"
    )
    sources = [str(tmp_path / f"{name}.txt") for name in ("a", "b")]
    result = CliRunner().invoke(
        main, ["build", *sources, "-o", str(tmp_path / "out"), "--corrections", str(tmp_path)]
    )
    assert result.exit_code == 0
    assert "a sg:Priority" in (tmp_path / "out" / "a.ttl").read_text(encoding="utf-8")
    assert "a sg:Goal" in (tmp_path / "out" / "b.ttl").read_text(encoding="utf-8")
    assert f"{tmp_path}: has no b.corrections.toml; {sources[1]} is built without" in result.stderr
