"""A Dask scheduler with two workers, and a server of the S3 protocol, all real and on loopback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest

S3 = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@dataclass(frozen=True)
class Cluster:
    scheduler: str
    workers: tuple[subprocess.Popen[str], ...]


@contextmanager
def started(*command: str, says: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a program; give it, with the part of a line that it says when it is ready."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    assert process.stderr is not None
    heard = []
    drain = Thread(target=process.stderr.read, daemon=True)  # that no pipe is full
    try:
        for line in process.stderr:
            heard.append(line)
            if found := re.search(says, line):
                drain.start()
                yield process, found[1]
                break
        else:
            pytest.fail(f"{command[0]} did not start: {''.join(heard)}")
    finally:
        process.kill()
        process.wait()
        if drain.ident is not None:
            drain.join()
        process.stderr.close()


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """Give the address of moto's server; whatever this process and its children ask of S3, they ask there."""
    server = (sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0")
    ready = r"Running on (http://127\.0\.0\.1:\d+)"
    with started(*server, says=ready) as (_, address), pytest.MonkeyPatch.context() as patch:
        for name, value in {**S3, "AWS_ENDPOINT_URL": address}.items():
            patch.setenv(name, value)
        yield address


@pytest.fixture
def cluster(s3: str) -> Iterator[Cluster]:
    """Give a scheduler with two workers; each is a process without another that would start it anew."""
    dask = str(Path(sys.executable).with_name("dask"))
    with ExitStack() as running:
        scheduler = (dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        _, address = running.enter_context(started(*scheduler, says=r"Scheduler at:\s+(tcp://\S+)"))
        worker = (dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        local = ("--host", "127.0.0.1", "--local-directory", os.environ.get("TMPDIR", "/tmp"))
        workers = [
            running.enter_context(started(*worker, *local, says=r"(Registered to)"))[0] for _ in range(2)
        ]
        yield Cluster(address, tuple(workers))
