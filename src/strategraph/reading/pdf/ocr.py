"""Words of scanned pages, read from their pictures by tesseract where it is installed."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterator
from io import StringIO
from statistics import median
from typing import TYPE_CHECKING, Any

from strategraph.errors import UnusableInputError
from strategraph.knowledge.languages import FALLBACK
from strategraph.knowledge.writing import tesseract
from strategraph.reading.pdf.page import Box, Word

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_RESOLUTION = 300  # dots per inch
_LARGEST_SIDE = 6_000  # dots: huge pages are read in a lower resolution
_SECONDS = 180  # for one page
_LEAST_SURE = 30  # per cent: words less sure are specks
_LARGER = 1.35  # times the usual height of a page's lines: what is higher is larger type
_TYPE = 0.75  # the size of type, as a share of a line's height


def is_installed() -> bool:
    """Whether scanned pages can be read on this machine."""
    return shutil.which("tesseract") is not None


def read_picture(page: PdfPage, language: str | None, name: str) -> tuple[Word, ...]:
    """Return the words in the picture of a page; ``language`` (BCP 47) is what it is written in.

    Raises :class:`UnusableInputError` if tesseract is not installed or fails.
    """
    if not is_installed():
        raise UnusableInputError(f"{name}: is scanned, and tesseract, which could read it, is not installed")
    scale = min(_RESOLUTION / 72, _LARGEST_SIDE / max(page.get_size()))
    picture = _portable_graymap(page, scale)
    command = ["tesseract", "stdin", "stdout", "-l", _language(language), "--dpi", str(_RESOLUTION), "tsv"]
    try:
        result = subprocess.run(command, input=picture, capture_output=True, check=True, timeout=_SECONDS)
    except (subprocess.SubprocessError, OSError) as error:
        raise UnusableInputError(f"{name}: tesseract could not read a scanned page: {error}") from error
    return tuple(_words(result.stdout.decode("utf-8", "replace"), scale))


def _language(language: str | None) -> str:
    """Return tesseract's name of a language that it has, English where nothing better is known."""
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=False, timeout=_SECONDS)
    installed = listed.stdout.decode("utf-8", "replace").split()
    wanted = tesseract(language or FALLBACK)
    return wanted if wanted in installed else tesseract(FALLBACK)


def _portable_graymap(page: Any, scale: float) -> bytes:
    """Return the picture of a page in a format that needs no library to write."""
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    lines = (rows[n * bitmap.stride : n * bitmap.stride + bitmap.width] for n in range(bitmap.height))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(lines)


def _words(table: str, scale: float) -> Iterator[Word]:
    """Yield the words of tesseract's table."""
    rows = list(csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = {_line(row): _box(row, scale) for row in rows if row["level"] == "4"}
    if not lines:
        return
    usual = median(box.height for box in lines.values())
    for row in rows:
        text = (row["text"] or "").strip()
        if row["level"] != "5" or not text or float(row["conf"]) < _LEAST_SURE:
            continue
        line = lines[_line(row)]
        height = line.height if line.height > _LARGER * usual else usual
        base = line.bottom - 0.2 * min(line.height, height)
        yield Word(text, _box(row, scale), round(base, 1), round(height * _TYPE * 2) / 2)


def _line(row: dict[str, str]) -> tuple[str, str, str]:
    return row["block_num"], row["par_num"], row["line_num"]


def _box(row: dict[str, str], scale: float) -> Box:
    left, top, width, height = (int(row[key]) / scale for key in ("left", "top", "width", "height"))
    return Box(left, top, left + width, top + height)
