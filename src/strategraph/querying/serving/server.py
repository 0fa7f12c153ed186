"""Listens, and ends in good order: the pool of workers, the application, and waitress, which speaks HTTP.

A client that holds connections without asking gives way to those that ask. A request that says its length in
two ways is refused: what a proxy before us takes for its end may not be what we do (RFC 9112, section 6.1).
"""

from __future__ import annotations

import errno
import logging
import signal
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import FrameType
from weakref import WeakKeyDictionary

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from strategraph.errors import UnusableInputError
from strategraph.querying.serving import ServedStore, Settings, open_source
from strategraph.querying.serving.application import Application
from strategraph.querying.serving.workers import AnswerBounds, Pool, Worker, WorkerSettings

MOST = 1000
"""Connections at once."""
UNFINISHED = 100
"""Connections of one client on which no request has come as a whole."""
_GRACE = 1.0  # seconds that a request has to come before its connection may have to give way
_SPARE = 128  # files that are open beside connections
_PAGES = 4  # threads beyond those that wait for queries, so that the page comes up while all are taken
_LONGEST_HEAD = 65_536  # bytes of a request before its body; an address with a long query is part of it


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Refuses a request with both Content-Length and Transfer-Encoding."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of a request."""
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("a request says its length by Content-Length or Transfer-Encoding, not both")


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests are read by :class:`Parser`."""

    parser_class = Parser

    @property
    def asks(self) -> bool:
        """Whether a whole request has come that is not answered yet, as far as it will be."""
        return bool(self.requests or self.total_outbufs_len)


def most_connections() -> int:
    """Return how many connections the system lets this process have, after asking for as many as we want."""
    if sys.platform == "win32":
        return MOST
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + _SPARE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return MOST if soft == resource.RLIM_INFINITY else max(16, min(MOST, soft - _SPARE))


def to_give_way(channels: Mapping[int, Channel], most: int, now: float | None = None) -> list[Channel]:
    """Return the connections to close: the oldest that do not ask, of a client with too many, or of all."""
    now = time.time() if now is None else now
    silent = [channel for channel in channels.values() if not channel.asks]
    silent.sort(key=lambda channel: float(channel.creation_time))
    by_client = Counter(channel.addr[0] for channel in silent)
    over = len(channels) - most
    found = []
    for channel in silent:
        if 0 <= now - channel.creation_time < _GRACE:  # one of the future is of a clock that was set back
            continue
        if over > 0 or by_client[channel.addr[0]] > UNFINISHED:
            found.append(channel)
            over -= 1
            by_client[channel.addr[0]] -= 1
    return found


class Server(TcpWSGIServer):  # type: ignore[misc]
    """waitress, which gives up requests that do not become whole, and answers that are not fetched.

    One who only holds connections gives way to those that ask.
    """

    channel_class = Channel

    def __init__(self, application: Application, listening: socket.socket, settings: Settings) -> None:
        """Serve on a socket that is bound already."""
        adjustments = Adjustments(
            sockets=[listening],
            threads=settings.workers + settings.waiting + _PAGES,
            ident=None,
            clear_untrusted_proxy_headers=True,
            max_request_body_size=settings.body,
            max_request_header_size=_LONGEST_HEAD,
            channel_timeout=max(1, round(settings.patience)),
            cleanup_interval=1,
            connection_limit=MOST * 2,  # we close some before there are so many
            asyncore_use_poll=True,  # select() knows no more than 1,024
        )
        place = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(
            application,
            _sock=listening,
            adj=adjustments,
            sockinfo=place,
            bind_socket=False,
            dispatcher=_dispatcher(adjustments.threads),
        )
        self._patience = settings.patience
        self._most = most_connections()
        self._begun: WeakKeyDictionary[HTTPRequestParser, float] = WeakKeyDictionary()
        self._stopped = False

    def run(self) -> None:
        """Serve until :meth:`stop` is called."""
        while not self._stopped:
            wasyncore.loop(timeout=1, use_poll=True, map=self._map, count=1)

    def stop(self) -> None:
        """Have :meth:`run` return; to be called from any thread or from a signal's handler."""
        self._stopped = True
        self.pull_trigger()

    def end(self) -> None:
        """Have the answers that are being made written, which takes five seconds at most, and close all."""
        self.task_dispatcher.shutdown()
        for channel in tuple(self.active_channels.values()):
            channel.handle_write()
        wasyncore.close_all(self._map)

    def pull_trigger(self) -> None:
        """Wake the thread that serves, if it does so still: an answer may outlive the end."""
        with suppress(OSError):
            super().pull_trigger()

    def handle_accept(self) -> None:
        """Take a connection; where there are too many, close some that are not asking anything."""
        super().handle_accept()
        if len(self.active_channels) > min(self._most, UNFINISHED):
            for channel in to_give_way(self.active_channels, self._most):
                channel.will_close = True
                _hang_up(channel.socket)

    def maintenance(self, now: float) -> None:
        """Close the connections that are silent, and those on which a request has taken too long to come."""
        super().maintenance(now)
        for channel in self.active_channels.values():
            if channel.request is not None and now > self._patience + self._begun.setdefault(
                channel.request, now
            ):
                channel.will_close = True
            if channel.total_outbufs_len and now > self._patience + channel.last_activity:
                channel.will_close = True
                _hang_up(channel.socket)  # which nobody reads from, so nothing else would wake the channel


def _dispatcher(threads: int) -> ThreadedTaskDispatcher:
    """Return what has so many threads answer; raise :class:`UnusableInputError` where they cannot be had."""
    dispatcher = ThreadedTaskDispatcher()
    try:
        dispatcher.set_thread_count(threads)
    except RuntimeError as error:
        dispatcher.set_thread_count(0)
        raise UnusableInputError(
            f"the {threads:,} threads that answer cannot be started ({error}): this system's limit on"
            " processes or memory is too low for them"
        ) from error
    return dispatcher


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # the other end did so first
        connection.shutdown(socket.SHUT_RDWR)


def serve(path: Path, settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve the store, file or folder of graphs at ``path`` until the process is told to end.

    ``ready`` is called with the address of the page once it can be opened. Raises
    :class:`UnusableInputError` for what holds no graph, and for an address that cannot be listened on.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that a request waits is nobody's concern
    with (
        listening_socket(settings) as listening,
        running(path, settings, listening) as (server, pool),
        _ended_by_signals(server, pool),
    ):
        ready(address(listening))
        server.run()


@contextmanager
def running(path: Path, settings: Settings, listening: socket.socket) -> Iterator[tuple[Server, Pool]]:
    """Give the server for what is at ``path``, to be run, and its pool of workers."""
    with open_source(path) as source, _pool(source, settings) as pool:
        server = Server(Application(source, settings, pool.ask), listening, settings)
        try:
            yield server, pool
        finally:
            pool.close()  # what is still running would have the dispatcher wait for it
            server.end()


def address(listening: socket.socket) -> str:
    """Return the address of the page on a server that listens there."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def listening_socket(settings: Settings) -> socket.socket:
    """Return a socket bound to the host and port; raise :class:`UnusableInputError` if that cannot be."""
    place = f"{settings.host}, port {settings.port}"
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise UnusableInputError(f"{place}: no such address ({error})") from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
        listening.listen()
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise UnusableInputError(
                f"{place}: already in use; choose another with --port, or --port 0 for any that is free"
            ) from error
        raise UnusableInputError(f"{place}: cannot be listened on ({error.strerror or error})") from error
    return listening


def _pool(source: ServedStore, settings: Settings) -> Pool:
    plan = WorkerSettings(
        source.folder,
        dict(source.prefixes),
        source.base,
        AnswerBounds(settings.limit, settings.answer),
        settings.timeout,
        settings.memory,
    )
    return Pool(
        partial(Worker, plan),
        workers=settings.workers,
        waiting=settings.waiting,
        seconds=settings.timeout,
    )


@contextmanager
def _ended_by_signals(server: Server, pool: Pool) -> Iterator[None]:
    """Have Ctrl-C and a request to terminate end the server, and the queries that it is answering."""

    def end(number: int, frame: FrameType | None) -> None:
        # Not here: the signal may have come while this very thread held a lock that ending them takes.
        threading.Thread(target=pool.close, daemon=True).start()
        server.stop()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
