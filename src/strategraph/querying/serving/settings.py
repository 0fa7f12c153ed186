"""What whoever starts the server decides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where to listen, for whom, and what a query may take.

    ``timeout`` is in seconds; ``limit`` the rows or triples after which an answer is cut (0: never);
    ``memory`` the MB that a worker process may have; ``workers`` how many queries run at once, ``waiting``
    how many more may wait, each as long as a query may run. ``cors`` is the origin of other pages that may
    ask, "*" for any, "" for none.
    """

    host: str = "127.0.0.1"
    port: int = 7979
    timeout: float = 30
    limit: int = 10_000
    memory: int = 1024
    workers: int = 2
    waiting: int = 1000
    cors: str = ""
    patience: float = 10
    """Seconds that a client may take to send a request."""
    body: int = 1_000_000
    """Bytes that a request may have."""
    answer: int = 64_000_000
    """Bytes that an answer may have."""
