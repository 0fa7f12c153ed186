"""A command that is sent a signal, at a moment that a seed chooses, leaves what it writes to whole.

The moment is a number of calls to the system, so that a round is the same on every machine and every run:
``SIGNALS=200 SEED=7`` tries more of them.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.interop.stores.servers import Server
from tests.querying.stores.conftest import oxigraph

from strategraph.querying.stores import loading
from strategraph.querying.stores.client import Store
from strategraph.querying.stores.profiles import find_profile
from strategraph.querying.stores.transport import Transport
from strategraph.system.files import HIDDEN, mixed

__all__ = ["oxigraph"]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
ROUNDS = int(os.environ.get("SIGNALS", "5"))
SEED = int(os.environ.get("SEED", "17"))
PLAN = "Strategic Plan 2024-2027\n\nGoal 1: Connect women and girls\n\nGoal 2: Teach {}\n"
SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGPIPE", "SIGKILL")
# Sends itself a signal at one of the calls that concern a folder or other programs, as Python audits them.
PROGRAM = """
import os, sys
folder, number, moment = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
from strategraph.cli import main
calls = 0
def audited(event, given):
    global calls
    if event == "open" or event.startswith("os."):
        if not any(folder in os.fsdecode(each) for each in given[:2] if isinstance(each, (str, bytes))):
            return
    elif event not in ("fcntl.flock", "subprocess.Popen", "socket.connect", "http.client.send"):
        return
    calls += 1
    if calls == moment:
        os.kill(os.getpid(), number)
sys.addaudithook(audited)
main(sys.argv[4:])
"""
COMMANDS = {
    "build": ["build", "{0}/plan.txt", "-o", "{0}/build"],
    "corpus": ["build", "{0}/plan.txt", "{0}/other.txt", "-o", "{0}/corpus", "--jobs", "1"],
    "export": ["export", "{0}/first/plan.ttl", "-f", "graphml", "-o", "{0}/export/plan.graphml"],
    "store": ["store", "{0}/store", "add", "{0}/first/plan.ttl"],
    "query": ["query", "{0}/first/plan.ttl", "goals"],
}
LOAD = ["load", "{0}/first/plan.ttl", "--to"]


def run(folder: Path, command: list[str], number: int = 0, moment: int = 0) -> tuple[int, list[str]]:
    """Run a command, sending it a signal at a moment; return its status and what it said to people."""
    words = [word.format(folder) for word in command]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), str(number), str(moment), *words],
        capture_output=True, check=False, text=True, stdin=subprocess.DEVNULL, timeout=600,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    return done.returncode, done.stderr.splitlines()


def contents(folder: Path) -> dict[Path, bytes]:
    """Return the files of sets in a folder, which an embedded store has not."""
    return {
        path: path.read_bytes()
        for path in sorted(folder.glob("*"))
        if path.stem.startswith(("plan", "other")) and folder.name != "store"
    }


def write(folder: Path, who: str) -> None:
    for name in ("plan.txt", "other.txt"):
        (folder / name).write_text(PLAN.format(f"{who} of {name[:5]}"), encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two sources and a graph."""
    made = tmp_path_factory.mktemp("signals")
    write(made, "youth")
    command = [
        sys.executable,
        "-m",
        "strategraph",
        "build",
        str(made / "plan.txt"),
        "-o",
        str(made / "first"),
    ]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    return made


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_signal_at_any_moment(number: int, folder: Path) -> None:
    chance = random.Random(f"{SEED} {number}")
    name = list(COMMANDS)[number % len(COMMANDS)]
    sent = signal.Signals[chance.choice(SIGNALS)]
    out = folder / name
    write(folder, f"children {number}")
    status, said = run(folder, COMMANDS[name], sent, chance.randint(1, 40))
    assert not [line for line in said if not line.startswith("strategraph: ")], said
    # it had ended before, did not mind, unwound, or was ended by the system
    assert status in (0, 128 + sent, -sent), (status, said)
    assert all(contents(out).values())  # no file is there that is empty
    status, said = run(folder, COMMANDS[name])
    assert status == 0, said
    assert not [path for path in contents(out) if mixed(path) is not None]
    assert not list(out.rglob(f"{HIDDEN}*"))


# Sends itself a signal as soon as the first plan's set is whole.
AT_FIRST_SET = """
import os, signal, sys
from strategraph.cli import main
sent = []
def audited(event, given):
    if event == "os.rename" and os.fsdecode(given[1]).endswith(".sha256") and not sent:
        sent.append(event)
        os.kill(os.getpid(), int(sys.argv[1]))
sys.addaudithook(audited)
main(sys.argv[2:])
"""


@pytest.mark.parametrize(
    ("number", "word"),
    [(signal.SIGTERM, "terminated"), (signal.SIGHUP, "terminated"), (signal.SIGINT, "interrupted")],
)
def test_a_corpus_run_that_is_stopped_says_so_and_goes_on(tmp_path: Path, number: int, word: str) -> None:
    write(tmp_path, "youth")
    command = [each.format(tmp_path) for each in COMMANDS["corpus"]]
    stopped = subprocess.run(
        [sys.executable, "-c", AT_FIRST_SET, str(number), *command],
        capture_output=True, check=False, text=True, stdin=subprocess.DEVNULL, timeout=600,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    assert stopped.returncode == 128 + number
    assert stopped.stderr.splitlines() == [
        f"strategraph: error: {word}; what is built so far stays, and the same command goes on from there"
    ]
    out = tmp_path / "corpus"
    assert not list(out.rglob(f"{HIDDEN}*"))
    assert all(contents(out).values())
    status, said = run(tmp_path, COMMANDS["corpus"])
    assert (status, said) == (0, [])
    assert {path.name for path in contents(out)} >= {"plan.ttl", "other.ttl"}
    assert not [path for path in contents(out) if mixed(path) is not None]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_signal_while_a_store_is_loaded(number: int, folder: Path, oxigraph: Server) -> None:
    chance = random.Random(f"{SEED} load {number}")
    sent = signal.Signals[chance.choice(SIGNALS)]
    with Transport() as transport:
        store = Store(transport, find_profile("oxigraph").endpoints(oxigraph.url))
        if number % 2:  # half of them find the plan there
            store.update("DROP ALL")
        status, said = run(folder, [*LOAD, oxigraph.url], sent, chance.randint(1, 25))
        assert not [line for line in said if not line.startswith("strategraph: ")], said
        assert status in (0, 128 + sent, -sent), (status, said)
        status, said = run(folder, [*LOAD, oxigraph.url])
        assert status == 0, said
        held = store.counts("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    _, (plan,) = loading.read(folder / "first" / "plan.ttl")
    assert held == {plan.name: plan.triples}  # whole, and no staging graph beside it
