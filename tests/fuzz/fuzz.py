"""Fuzz every reader and the extractor with atheris (not a dependency: ``pip install atheris``).

    python tests/fuzz/fuzz.py FINDS CORPUS -max_total_time=3600 -timeout=20 -dict=tests/fuzz/plan.dict

CORPUS keeps the inputs that reach new code; it begins with those of ``targets.py``, whose number in the table
there is an input's first byte. An input that breaks an invariant is written to FINDS under the name that it
takes as a case in ``cases/``, once for each line of ours that failed, and the fuzzing goes on. What stops the
process (PDFium's crashes, timeouts, memory) is written to the working folder as ``crash-…``, ``timeout-…`` or
``oom-…``: begin it again, and make a case of the bytes after the first.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import traceback
from pathlib import Path


def main() -> None:
    """Fuzz until libFuzzer's options say to stop."""
    import atheris

    sys.path.insert(0, str(Path(__file__).parents[2]))
    with atheris.instrument_imports(include=["strategraph"]):
        from tests.fuzz.invariants import check
        from tests.fuzz.targets import NAMES, TARGETS, seeds

    program, finds, corpus, *options = sys.argv
    Path(finds).mkdir(parents=True, exist_ok=True)
    Path(corpus).mkdir(parents=True, exist_ok=True)
    for name, seed in seeds():
        Path(corpus, f"{name}-{hashlib.sha256(seed).hexdigest()[:12]}").write_bytes(seed)

    with tempfile.TemporaryDirectory() as folder:

        def one(data: bytes) -> None:
            if not data:
                return
            name = NAMES[data[0] % len(NAMES)]
            try:
                check(data[1:], TARGETS[name], Path(folder))
            except Exception as error:  # whatever it is, it is a find
                _keep(error, name, data[1:], Path(finds))

        atheris.Setup([program, corpus, *options], one)
        atheris.Fuzz()


def _keep(error: Exception, name: str, data: bytes, finds: Path) -> None:
    """Write a find down unless there is one from the same place that is no longer."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "strategraph" in frame.filename] or frames
    place = f"{type(error).__name__}-{Path(ours[-1].filename).stem}-{ours[-1].lineno}"
    path = finds / f"{name}-{place}"
    if not path.exists() or len(data) < path.stat().st_size:
        path.write_bytes(data)
        path.with_suffix(".traceback").write_text("".join(traceback.format_exception(error)), "utf-8")


if __name__ == "__main__":
    main()
