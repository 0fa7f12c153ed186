"""PDFs in a process of their own: the same content, and one line for whatever becomes of the process."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest

from strategraph.errors import UnusableInputError
from strategraph.reading import pdf, read
from strategraph.reading.content import Content
from strategraph.reading.pdf import isolation
from strategraph.reading.pdf.isolation import Progress, Refusal, work
from strategraph.reading.request import Limits, Pages, ReadingOptions, Request

_GOALS = (b"Goal 1: Connect women and girls", b"Our vision is a better world", b"Resolution 71 was adopted")
_PAGES = len(_GOALS)


def small_pdf() -> bytes:
    """Return a plan of three pages, as small as PDFs get: PDFium mends what is left out."""
    font = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"2 0 obj<</Type/Pages/Count 3/Kids[10 0 R 11 0 R 12 0 R]>>endobj",
    ]
    for number, goal in enumerate(_GOALS):
        words = b"BT /F 12 Tf 72 500 Td (%s) Tj ET" % goal
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources%s>>"
        objects.append(b"%d 0 obj%sendobj" % (10 + number, page % (20 + number, font)))
        objects.append(
            b"%d 0 obj<</Length %d>>stream\n%s\nendstream endobj" % (20 + number, len(words), words)
        )
    return b"%PDF-1.7\n" + b"\n".join(objects) + b"\ntrailer<</Root 1 0 R/Size 30>>\n%%EOF\n"


def refusal(request: Request, data: bytes | None = None) -> str:
    with pytest.raises(UnusableInputError) as raised:
        isolation.parse(data or small_pdf(), request)
    assert len(str(raised.value).splitlines()) == 1
    return str(raised.value)


def instead(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Run a program in place of the one that reads."""
    monkeypatch.setattr(isolation, "_WORKER", program)


def test_the_content_is_that_of_this_process() -> None:
    seen: list[tuple[int, int]] = []
    request = Request("x.pdf", Pages(2), progress=lambda done, of: seen.append((done, of)))
    assert isolation.parse(small_pdf(), request) == pdf.parse(small_pdf(), Request("x.pdf", Pages(2)))
    assert seen == [(1, 2), (2, 2)]


def test_a_refusal_is_that_of_this_process() -> None:
    assert refusal(Request("x.pdf"), b"%PDF-1.7\nnothing") == (
        "x.pdf: is a broken PDF: its structure cannot be made out"
    )


def test_threads_can_read_at_once() -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda name: isolation.parse(small_pdf(), Request(name)), ("a.pdf", "b.pdf"))
    assert first == second


def test_what_takes_forever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, "while True: pass")
    assert refusal(Request("x.pdf", limits=Limits(seconds=0.2))) == (
        "x.pdf: reading it takes more than 0.2 seconds, the limit; read a part of it with --pages, or raise the "
        "limit (--max-seconds)"
    )


@pytest.mark.parametrize(
    ("program", "cause"),
    [
        ("import os; os.abort()", "SIGABRT"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
        ("raise MemoryError", "MemoryError"),
        ("import sys; sys.exit('a\\n  lost its way \\n\\n')", "lost its way"),
        ("import sys; sys.exit(3)", "exit status 3"),
        ("import sys; sys.stdin.buffer.read(); sys.stdout.write('this is no pickle')", "exit status 0"),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_what_breaks_down_is_one_line(monkeypatch: pytest.MonkeyPatch, program: str, cause: str) -> None:
    instead(monkeypatch, program)
    assert refusal(Request("x.pdf")) == (
        f"x.pdf: is a broken PDF: what reads it broke down ({cause}), perhaps as it needs more memory than "
        "2,048 MB, the limit (--max-memory)"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound memory this way")
def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(
        monkeypatch,
        "import sys; sys.path[:] = sys.argv[1:]\n"
        "from strategraph.reading.pdf.isolation import bound\n"
        "from strategraph.reading.request import Limits\n"
        "bound(Limits(memory=256 << 20), 0)\n"
        "bytearray(512 << 20)",
    )
    assert "(MemoryError)" in refusal(Request("x.pdf"))


def test_nothing_runs_on_when_progress_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def remembered(*args: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(popen(*args, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", remembered)

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        isolation.parse(small_pdf(), Request("x.pdf", progress=stop))
    assert [process.poll() is None for process in started] == [False]


@pytest.mark.skipif(os.name != "posix", reason="a process's parent is asked for as POSIX has it")
def test_no_process_outlives_one_that_was_killed(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(small_pdf())
    busy = (
        "import sys; parent, *sys.path[:] = sys.argv[1:]; import time; from strategraph.reading.pdf import worker; "
        "worker.work = lambda *_, **__: time.sleep(60); worker.main(int(parent))"
    )
    program = (
        "import os, signal, subprocess, sys\n"
        "from strategraph.reading import pdf, read\n"
        "from strategraph.reading.pdf import isolation\n"
        "popen = subprocess.Popen\n"
        "def started(*arguments, **options):\n"
        "    process = popen(*arguments, **options)\n"
        "    print(process.pid, flush=True)\n"
        "    return process\n"
        "subprocess.Popen = started\n"
        "isolation._send = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"isolation._WORKER = {busy!r}\n"
        f"read({str(path)!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    reader = int(done.stdout)
    for _ in range(200):
        if not is_running(reader):
            return
        time.sleep(0.05)
    os.kill(reader, signal.SIGKILL)
    pytest.fail("it runs on")


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")  # in a container, nobody may be there to bury it
    return not (state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def test_reading_isolates_unless_told_not_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(small_pdf())
    assert read(path).blocks == read(path, ReadingOptions(isolated=False)).blocks
    instead(monkeypatch, "raise SystemExit('isolated')")
    with pytest.raises(UnusableInputError, match="isolated"):
        read(path)
    assert read(path, ReadingOptions(isolated=False)).blocks
    monkeypatch.setattr(sys, "frozen", True, raising=False)  # a frozen program has no interpreter to start
    assert read(path).blocks


def test_the_work_itself() -> None:
    """What the other process runs, run here."""
    for data, last in ((small_pdf(), Content), (b"%PDF-1.7", Refusal)):
        questions = BytesIO(pickle.dumps(Request("x.pdf")) + pickle.dumps(data))
        answers = BytesIO()
        work(questions, answers, bounded=False)
        answers.seek(0)
        said = []
        while answers.tell() < len(answers.getvalue()):
            said.append(pickle.load(answers))
        assert isinstance(said[-1], last)
        assert said[:-1] == ([Progress(n, _PAGES) for n in (1, 2, 3)] if last is Content else [])
