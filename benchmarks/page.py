"""How soon the page of ``strategraph view`` is there, and how long a frame takes while its picture is moved.

    python -m benchmarks.page [--goals N…] [--times N]

Run it from the checkout, with Debian's Chromium and what ``make page-pictures`` installs. Each page is of a
made-up plan of N goals with N objectives each, about N² nodes with a fact each. Times are by the clock, the
median and the worst of some loads: a busy machine makes them longer.

paint   from asking for the page to its first paint
whole   … until all of it is there
move    a frame while the picture is moved; a screen's own rate, 17 ms, is the least
zoom    a frame while it is enlarged
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from tests.interop.browser.conftest import CHROMIUM, FLAGS
from tests.interop.browser.test_view import SOURCE, made_up

from strategraph.export.digest import SourceText
from strategraph.export.page import assemble, content

_TAKING = """addEventListener("DOMContentLoaded", () =>
    requestAnimationFrame(() => requestAnimationFrame(() => { window.whole = performance.now(); })))"""
_THERE = """() => window.whole && performance.getEntriesByName("first-paint").length"""
_TAKEN = """() => [performance.getEntriesByName("first-paint")[0].startTime, window.whole]"""
_FRAMES = """async (wheel) => {
    const canvas = document.querySelector("canvas"), times = [];
    const at = (x) => ({
        clientX: 1000 + x, clientY: 400, pointerId: 1, deltaY: x ? 4 : -4, cancelable: true });
    canvas.setPointerCapture = () => {};
    if (!wheel) canvas.dispatchEvent(new PointerEvent("pointerdown", at(0)));
    for (let step = 0; step < 60; step++) {
        const start = performance.now();
        canvas.dispatchEvent(wheel
            ? new WheelEvent("wheel", at(step % 2)) : new PointerEvent("pointermove", at(2 * step)));
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        times.push((performance.now() - start) / 2);
    }
    return times;
}"""


def main() -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--goals", type=int, nargs="+", default=[14, 44, 70])
    parser.add_argument("--times", type=int, default=7)
    options = parser.parse_args()
    print(f"{'nodes':>6}{'MB':>6}" + "".join(f"{name:>22}" for name in ("paint", "whole", "move", "zoom")))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=list(FLAGS)
        )
        for goals in options.goals:
            graph, text = made_up(goals)
            shown = content(graph, {str(SOURCE): SourceText(text)}, validated=False)
            path = Path(folder) / f"{goals}.html"
            path.write_bytes(assemble(shown, "A plan"))
            cells = _measured(chromium, path.as_uri(), options.times)
            size = path.stat().st_size / 1e6
            print(f"{len(shown['nodes']):>6}{size:>6.1f}" + "".join(f"{_cell(times):>22}" for times in cells))
        chromium.close()


def _measured(chromium: Any, address: str, times: int) -> tuple[list[float], ...]:
    """Return the milliseconds of first paints, of whole pages, of frames moved and of frames enlarged."""
    paints, wholes = [], []
    for _ in range(times):
        tab = chromium.new_page(viewport={"width": 1400, "height": 900})
        tab.add_init_script(_TAKING)
        tab.goto(address)
        tab.wait_for_function(_THERE)
        paint, whole = tab.evaluate(_TAKEN)
        paints.append(paint)
        wholes.append(whole)
        frames = [tab.evaluate(_FRAMES, wheel) for wheel in (False, True)]
        tab.close()
    return paints, wholes, *frames


def _cell(times: list[float]) -> str:
    return f"{statistics.median(times):.0f} ms, worst {max(times):.0f}"


if __name__ == "__main__":
    main()
