"""The options that say which store, shared by ``load``, ``unload``, ``status`` and ``query``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from strategraph.cli.terminal import tell
from strategraph.errors import UnusableInputError
from strategraph.querying.stores.profiles import GENERIC, NAMES, Endpoints, Swap, find_profile
from strategraph.system.terminal_text import spelled_out

if TYPE_CHECKING:
    from strategraph.querying.stores.client import RemoteStore, Store
    from strategraph.querying.stores.transport import Account, Transport

kind_option = click.option(
    "--store",
    "kind",
    type=click.Choice(NAMES, case_sensitive=False),
    help="What kind of store it is; without this, it is asked.",
)
timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=300.0,
    show_default=True,
    metavar="SECONDS",
    help="How long the store may be silent.",
)
_OPTIONS = (
    kind_option,
    click.option(
        "--query-endpoint", metavar="URL", help=f"With --store {GENERIC}: where SPARQL queries are answered."
    ),
    click.option(
        "--update-endpoint", metavar="URL", help=f"With --store {GENERIC}: where SPARQL updates are taken."
    ),
    click.option(
        "--gsp",
        metavar="URL",
        help=f"With --store {GENERIC}: its Graph Store Protocol; without one, updates are used.",
    ),
    timeout_option,
)


@dataclass(frozen=True, slots=True)
class Target:
    """Which store a command is to work with."""

    url: str | None
    kind: str | None
    query_endpoint: str | None
    update_endpoint: str | None
    gsp: str | None
    timeout: float


@dataclass(frozen=True, slots=True)
class Connection:
    """A store, what it is called, and how a graph is put in place there."""

    store: Store
    title: str
    swap: Swap


def store_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options; it gets ``url`` and them as one ``target``."""

    @wraps(function)
    def with_target(
        *,
        url: str | None,
        kind: str | None,
        query_endpoint: str | None,
        update_endpoint: str | None,
        gsp: str | None,
        timeout: float,
        **others: Any,
    ) -> Any:
        target = Target(url, kind, query_endpoint, update_endpoint, gsp, timeout)
        return function(target=target, **others)

    for option in reversed(_OPTIONS):
        with_target = option(with_target)
    return with_target


@contextmanager
def connect(target: Target, *, compress: bool = False) -> Iterator[Connection]:
    """Yield the store, found by its name or by asking; nothing is changed there by this."""
    from strategraph.querying.stores.client import Store
    from strategraph.querying.stores.profiles import probe

    _check(target)
    with _transport(target.timeout, compress=compress) as transport:
        if target.kind == GENERIC:
            yield Connection(Store(transport, _generic(target)), "an untested kind of store", "merge")
            return
        assert target.url is not None
        profile = find_profile(target.kind) if target.kind else probe(transport, target.url)
        yield Connection(Store(transport, profile.endpoints(target.url)), profile.title, profile.swap)


@contextmanager
def connect_to_ask(url: str, kind: str | None, timeout: float) -> Iterator[RemoteStore]:
    """Yield where to ask: a store of a known kind, else whatever endpoint answers queries at the address."""
    from strategraph.system.http import checked

    checked(url)
    with _transport(timeout) as transport:
        yield _place(transport, url, kind)


def _place(transport: Transport, url: str, kind: str | None) -> RemoteStore:
    from strategraph.querying.stores import RefusedError, UnknownStoreError
    from strategraph.querying.stores.client import RemoteStore, Store
    from strategraph.querying.stores.profiles import probe

    endpoint = RemoteStore(Store(transport, Endpoints(url, url, None)), None)
    if kind == GENERIC:
        return endpoint
    try:
        profile = find_profile(kind) if kind else probe(transport, url)
    except UnknownStoreError as unknown:
        try:
            endpoint.store.query("ASK {}", "application/sparql-results+json")
        except RefusedError as error:
            raise unknown from error
        return endpoint
    return RemoteStore(Store(transport, profile.endpoints(url)), profile)


def _transport(timeout: float, *, compress: bool = False) -> Transport:
    from strategraph.querying.stores.transport import Login, Transport

    login = Login(os.environ, _ask if sys.stdin.isatty() else None)
    return Transport(login, timeout=timeout, compress=compress, notice=tell)


def _check(target: Target) -> None:
    from strategraph.system.http import checked

    explicit = (target.query_endpoint, target.update_endpoint, target.gsp)
    for url in (target.url, *explicit):
        if url is not None:
            checked(url)
    if target.kind == GENERIC:
        if target.url is not None:
            raise UnusableInputError(f"--store {GENERIC} takes its endpoints one by one, not an address")
        if target.query_endpoint is None or target.update_endpoint is None:
            raise UnusableInputError(f"--store {GENERIC} needs --query-endpoint and --update-endpoint")
    elif any(explicit):
        raise UnusableInputError(f"endpoints are given only with --store {GENERIC}")
    elif target.url is None:
        raise UnusableInputError("which store? Give its address")


def _generic(target: Target) -> Endpoints:
    assert target.query_endpoint is not None
    assert target.update_endpoint is not None
    tell(
        "this kind of store is untested with strategraph: the counts are compared, as always,"
        " the rest is for you to look at"
    )
    return Endpoints(target.query_endpoint, target.update_endpoint, target.gsp)


def _ask(place: str, user: str | None) -> Account:
    from strategraph.querying.stores.transport import Account

    user = user or click.prompt(spelled_out(f"user for {place}"), err=True)
    return Account(user, click.prompt(spelled_out(f"password of {user}"), hide_input=True, err=True))
