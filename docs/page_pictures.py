"""Takes the pictures of the page for the README: light, dark, on a phone, in Arabic, of a PDF.

Run with ``make page-pictures``; needs Debian's Chromium and playwright. They are to be looked at before they
are committed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from rdflib import RDF

from strategraph.export.digest import SourceText, with_pages
from strategraph.export.page import assemble, content, title
from strategraph.pipeline import build
from strategraph.rdf.namespace import SG
from strategraph.reading import read

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT))
SEED = ROOT / "data/plans/itu-strategic-plan-2024-2027.txt"
ARABIC = ROOT / "data/gold/held-out/wizarat-al-thaqafa-nahr-al-rimal-2025-2029.ar.html"
PRINTED = "page-printed"  # the plan as a PDF
WIDE = {"viewport": {"width": 1400, "height": 820}}
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "device_scale_factor": 1.5}
# Of each picture: the plan, how the browser is set, and what is clicked.
PICTURES: dict[str, tuple[Path, dict[str, Any], tuple[str, ...]]] = {
    "page": (SEED, WIDE, (".entry.Goal:last-child > .line",)),
    "page-dark": (SEED, {**WIDE, "color_scheme": "dark"}, ("#tab-groups", "#panel tr:last-child .hit")),
    "page-phone": (SEED, PHONE, ()),
    PRINTED: (SEED, WIDE, ("#printed", ".entry.Goal:last-child > .line")),
    "page-arabic": (ARABIC, WIDE, ("#tab-mandates", ".entry.Mission > .line")),
}


def main(target: Path) -> None:
    """Write the pictures into a folder."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", chromium_sandbox=False)
        for name, (source, options, clicks) in PICTURES.items():
            page = Path(folder) / f"{name}.html"
            shown = printed(source, Path(folder)) if name == PRINTED else source
            page.write_bytes(page_of(shown))
            tab = chromium.new_page(**options)
            tab.goto(page.as_uri())
            tab.wait_for_selector("html[data-ready]")
            for click in clicks:
                tab.locator(click).first.click()
            tab.mouse.move(0, 0)
            tab.wait_for_timeout(400)
            tab.screenshot(path=target / f"{name}.png")
            tab.close()
        chromium.close()


def page_of(source: Path) -> bytes:
    """Return the page of a plan, with its text and its pages, if it has any."""
    built = build(source)
    node = next(built.graph.subjects(RDF.type, SG.SourceDocument))
    texts = {str(node): SourceText(built.document.source.text)}
    return assemble(content(built.graph, with_pages(texts, built.graph, [], [source])), title(built.graph))


def printed(source: Path, folder: Path) -> Path:
    """Return a plan as a PDF."""
    from tests.reading.producers import to_pdf

    return to_pdf(read(source), folder / f"{source.stem}.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
