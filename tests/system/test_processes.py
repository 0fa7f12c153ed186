"""A reader that does not end is ended, whatever the format."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from strategraph.errors import UnusableInputError
from strategraph.reading import formats, read
from strategraph.reading.request import Limits, ReadingOptions
from strategraph.system.processes import at_most

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no clock of this kind here")


def for_ever(*_: object) -> None:
    while True:
        pass


def swallowing(*_: object) -> None:
    while True:
        try:
            for_ever()
        except Exception:
            continue


def matching(*_: object) -> None:
    re.match(r"(a|a)*b", "a" * 100)


@pytest.mark.parametrize("reader", [for_ever, swallowing, matching])
@pytest.mark.parametrize("name", [entry.name for entry in formats.TEXT_FORMATS])
def test_what_takes_forever_is_refused(
    name: str, reader: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats.TextFormat, "reader", reader)
    path = tmp_path / "x.txt"
    path.write_text("Goal 1: Connect women", encoding="utf-8")
    with pytest.raises(
        UnusableInputError, match=r"^x.txt: reading it .* takes more than 0.1 seconds of processor"
    ):
        read(path, ReadingOptions(format=name, limits=Limits(seconds=0.1)))
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_what_is_read_in_time_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("Goal 1: Connect women", encoding="utf-8")
    assert read(path).blocks
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_no_bound_in_another_thread() -> None:
    done: list[bool] = []

    def work() -> None:
        with at_most(0.1, "x"):
            done.append(signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_the_outer_clock_goes_on() -> None:
    with pytest.raises(UnusableInputError, match="outer"), at_most(0.2, "outer"), at_most(1000, "inner"):
        for_ever()
