"""PDFs in a process of their own, so that a page that takes forever, or breaks PDFium, ends in one line.

PDFium is native code: nothing in this process could stop it inside a page, and a fault in it would end this
process.
"""

from __future__ import annotations

import subprocess
from dataclasses import replace
from tempfile import TemporaryFile
from threading import Timer

from strategraph.errors import UnusableInputError
from strategraph.reading.content import Content
from strategraph.reading.pdf.worker import Progress, Refusal
from strategraph.reading.request import Request
from strategraph.system import processes

_WORKER = processes.program("strategraph.reading.pdf.worker")


def parse(data: bytes, request: Request) -> Content:
    """Return what :func:`strategraph.reading.pdf.parse` does, from another process.

    Raises :class:`UnusableInputError` also if that process takes longer than the limit or breaks down. The
    process has ended when this returns or raises, whatever stopped it.
    """
    limits = request.limits
    with TemporaryFile() as said, processes.started(_WORKER, said) as process:
        late = Timer(limits.seconds, processes.kill, [process])
        late.start()
        try:
            _send(process, data, request)
            for message in processes.messages(process):
                assert isinstance(message, Progress | Refusal | Content)
                if isinstance(message, Content):
                    return message
                if isinstance(message, Refusal):
                    raise UnusableInputError(message.reason)
                if request.progress is not None:
                    request.progress(message.done, message.of)
        finally:
            in_time = late.is_alive()
            late.cancel()
        if not in_time:
            raise UnusableInputError(
                f"{request.name}: reading it takes more than {limits.seconds:g} seconds, the limit; read a "
                "part of it with --pages, or raise the limit (--max-seconds)"
            )
        raise UnusableInputError(
            f"{request.name}: is a broken PDF: what reads it broke down "
            f"({processes.cause(process.wait(), said)}), "
            f"perhaps as it needs more memory than {limits.memory // 2**20:,} MB, the limit (--max-memory)"
        )


def _send(process: subprocess.Popen[bytes], data: bytes, request: Request) -> None:
    processes.send(process, replace(request, progress=None), data)
