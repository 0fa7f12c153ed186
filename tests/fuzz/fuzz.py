"""Fuzz the readers of text formats and the extractor with atheris (not a dependency: ``pip install atheris``).

    python tests/fuzz/fuzz.py FOLDER -max_total_time=1200 -dict=tests/fuzz/plan.dict

FOLDER keeps the inputs that reach new code; what breaks an invariant is written to the working folder as
``crash-…``. Put a find, made small with ``-minimize_crash=1``, into ``cases/`` once it is mended: its name
begins with the format that reads it. The first byte of an input picks the format.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

FORMATS = ("text", "text", "markdown", "markdown", "html", "asciidoc", "restructuredtext")


def main() -> None:
    """Fuzz until libFuzzer's options say to stop."""
    import atheris

    sys.path.insert(0, str(Path(__file__).parents[2]))
    with atheris.instrument_imports(include=["strategraph"]):
        from tests.fuzz.invariants import check

    with tempfile.TemporaryDirectory() as folder:

        def one(data: bytes) -> None:
            if data:
                check(data[1:], FORMATS[data[0] % len(FORMATS)], Path(folder))

        atheris.Setup(sys.argv, one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
