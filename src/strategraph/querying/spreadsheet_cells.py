"""Cells that a spreadsheet shows and never runs.

Excel, LibreOffice and others take a cell of a CSV file that begins with ``=``, ``+``, ``-`` or ``@`` for a
formula, and a formula may start programs or send what is in other cells elsewhere. Words of a plan come from
anywhere. An apostrophe before them makes them text (OWASP, "CSV injection"); numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import re

_RUNS = re.compile(r"[\s\x00-\x1f\u200b-\u200f\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20|%]|[\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?")


def safe_cell(text: str) -> str:
    """Return a cell's text so that no spreadsheet takes it for a formula.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("-12.5"), safe_cell("Goal 1")
    ("'=HYPERLINK(1)", '-12.5', 'Goal 1')
    """
    return f"'{text}" if _RUNS.match(text) and not _NUMBER.fullmatch(text) else text


def safe_csv(content: bytes) -> bytes:
    """Return a CSV file with each cell made safe, else as it was: columns, rows and order."""
    made = io.StringIO(newline="")
    rows = csv.writer(made, lineterminator="\r\n")
    csv.field_size_limit(max(csv.field_size_limit(), len(content)))
    for row in csv.reader(io.StringIO(content.decode("utf-8"), newline="")):
        rows.writerow([safe_cell(cell) for cell in row])
    return made.getvalue().encode("utf-8")
