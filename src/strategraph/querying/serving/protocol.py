"""What of HTTP and the SPARQL protocol the endpoint reads and says, also of itself, and whom it turns away.

A page on the web can make a browser send requests to this machine. Such a request bears the page's own host
(when its name was made to lead here, "DNS rebinding") or its origin: both are looked at, and turned away.
Programs are told of the endpoint with the W3C's SPARQL 1.1 Service Description vocabulary.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from strategraph.querying.dataset import known_prefixes
from strategraph.querying.engine import Scope

if TYPE_CHECKING:
    from pyoxigraph import Triple

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_MOST_FIELDS = 1000

Environment = Mapping[str, Any]
"""What a WSGI server says of a request (PEP 3333)."""

ROWS: Mapping[str, str] = MappingProxyType(
    {
        "application/sparql-results+json": "json",
        "application/sparql-results+xml": "xml",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
        "application/json": "json",
        "application/xml": "xml",
        "text/xml": "xml",
    }
)
"""Media types for rows and for yes or no, and what ``querying`` calls the format; the first is the usual."""

TRIPLES: Mapping[str, str] = MappingProxyType(
    {
        "text/turtle": "turtle",
        "application/n-triples": "ntriples",
        "application/rdf+xml": "xml",
        "application/ld+json": "jsonld",
        "application/json": "jsonld",
        "application/xml": "xml",
        "text/xml": "xml",
    }
)
"""Media types for triples, likewise."""

HTML = "text/html"
# A quoted string that does not end reaches to the end of the header: so each character is read once.
_SPLIT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*+(?:"|\\?\Z))++', re.DOTALL)
_RANGE = re.compile(r"(?P<type>[\w!#$&^.+*-]+)/(?P<subtype>[\w!#$&^.+*-]+)", re.ASCII)
_QUALITY = re.compile(r"q\s*=\s*(?P<q>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII | re.IGNORECASE)

SECURITY: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }
)
"""Headers of every response: the page loads and calls only this server, and none frames it."""

CUT = "Strategraph-Cut-After"
"""The header that says after how many rows or triples an answer was cut."""

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^\s:/@\[\]]+)(?::\d{1,5})?")
SD = "http://www.w3.org/ns/sparql-service-description#"

FORMATS = tuple(
    f"http://www.w3.org/ns/formats/{name}"
    for name in (
        "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
        "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
    )
)  # fmt: skip
"""What the endpoint writes, by the IRIs of the W3C's list of formats."""


@dataclass(frozen=True, slots=True)
class ProtocolQuery:
    """The text of a query, and the graphs that the request itself names for it, if it does."""

    query: str
    scope: Scope | None


def read_query(environment: Environment) -> ProtocolQuery | None:
    """Return the query of a GET, HEAD or POST request; None for one that only looks, without any parameter.

    Raises :class:`RequestError` for what is no query, and for an update.
    """
    fields = _fields(environment.get("QUERY_STRING", ""), "the address")
    if environment["REQUEST_METHOD"] != "POST":
        return _asked(fields) if fields else None
    kind, _, parameters = environment.get("CONTENT_TYPE", "").partition(";")
    kind = kind.strip().lower()
    if kind == UPDATE:
        raise _no_update()
    if kind not in (FORM, QUERY) or environment.get("HTTP_CONTENT_ENCODING", "identity") != "identity":
        raise RequestError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"send a query as {QUERY} or in a form as {FORM}, not compressed",
            ("Accept-Post", f"{QUERY}, {FORM}"),
        )
    text = _decoded(environment["wsgi.input"].read(), parameters)
    if kind == FORM:
        return _asked(_merged(fields, _fields(text, "the form")))
    if "query" in fields:
        raise RequestError(HTTPStatus.BAD_REQUEST, "there is a query in the address and one in the body")
    return _asked(_merged(fields, {"query": [text]}))


def _asked(fields: Mapping[str, Sequence[str]]) -> ProtocolQuery:
    if "update" in fields:
        raise _no_update()
    queries = fields.get("query", ())
    if len(queries) != 1:
        raise RequestError(HTTPStatus.BAD_REQUEST, f"there are {len(queries)} queries; send one, as 'query'")
    default, named = fields.get("default-graph-uri", ()), fields.get("named-graph-uri", ())
    scope = Scope(tuple(default), tuple(named)) if default or named else None
    return ProtocolQuery(queries[0], scope)


def _no_update() -> RequestError:
    return RequestError(HTTPStatus.FORBIDDEN, "this server only answers queries; it does no updates")


def _decoded(body: bytes, parameters: str) -> str:
    charset = parameters.lower().replace(" ", "").replace('"', "").partition("charset=")[2].partition(";")[0]
    if charset not in ("", "utf-8", "us-ascii"):
        raise RequestError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send the query as UTF-8")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RequestError(HTTPStatus.BAD_REQUEST, "the query is not UTF-8 text") from error


def _fields(text: str, where: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise RequestError(HTTPStatus.BAD_REQUEST, f"{where} is not UTF-8, or has too many fields") from error


def _merged(*many: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    names = dict.fromkeys(name for fields in many for name in fields)
    return {name: [value for fields in many for value in fields.get(name, ())] for name in names}


@dataclass(frozen=True, slots=True)
class MediaRange:
    """What a client reads, such as ``text/*``, and how gladly, from 0 (not at all) to 1."""

    type: str
    subtype: str
    quality: float

    def covers(self, media_type: str) -> bool:
        """Whether a media type is in the range."""
        kind, _, subtype = media_type.partition("/")
        return self.type in ("*", kind) and self.subtype in ("*", subtype)

    @property
    def precision(self) -> int:
        """0 for any type, 1 for any subtype, 2 for one media type."""
        return (self.type != "*") + (self.subtype != "*")


def parse_accept(header: str) -> tuple[MediaRange, ...]:
    """Return the ranges in an Accept header; no header at all means anything. What is none is passed over.

    Parameters other than ``q`` are not looked at: all that is sent is UTF-8, in the one version there is.

    >>> parse_accept("text/csv;q=0.5")
    (MediaRange(type='text', subtype='csv', quality=0.5),)
    """
    if not header.strip():
        return (MediaRange("*", "*", 1.0),)
    ranges = []
    for part in _SPLIT.findall(header):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        found = _RANGE.fullmatch(name)
        if found is None or (found["type"] == "*" and found["subtype"] != "*"):
            continue
        qualities = [match for match in map(_QUALITY.fullmatch, parameters) if match]
        quality = float(qualities[0]["q"]) if qualities else 1.0
        ranges.append(MediaRange(found["type"].lower(), found["subtype"].lower(), quality))
    return tuple(ranges)


def best(accept: str, offers: Sequence[str]) -> str | None:
    """Return the media type that the client likes best of those on offer, or None if it reads none.

    Of equals, the one that was asked for by its own name, else the first on offer.

    >>> best("text/*;q=0.8, text/csv;q=0.9, application/xml;q=0.1", ["text/xml", "text/csv"])
    'text/csv'
    """
    ranges = parse_accept(accept)
    rated = []
    for position, offer in enumerate(offers):
        covering = [range_ for range_ in ranges if range_.covers(offer)]
        if covering:
            closest = max(covering, key=lambda range_: range_.precision)
            if closest.quality > 0:
                rated.append((closest.quality, closest.precision, -position, offer))
    return max(rated)[-1] if rated else None


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response: the status, the body and its media type, and other headers."""

    body: bytes
    media_type: str
    status: HTTPStatus = HTTPStatus.OK
    headers: tuple[tuple[str, str], ...] = ()


class RequestError(Exception):
    """A request that gets no answer: the status, and what is wrong in one line for people."""

    def __init__(self, status: HTTPStatus, message: str, *headers: tuple[str, str]) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers

    def response(self) -> Response:
        """Return the response that says so."""
        body = f"{' '.join(str(self).split())}\n".encode()
        return Response(body, "text/plain", self.status, self.headers)


def is_loopback(host: str) -> bool:
    """Whether a name or address is one of this machine's own, that no other machine can reach."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_host(environment: Environment, listening: str) -> None:
    """Raise :class:`RequestError` for a request to a name other than this machine's, or that we listen on.

    Who listens on all addresses is also called by any address, and by the machine's own name.
    """
    found = _HOST.fullmatch(environment.get("HTTP_HOST", ""))
    if found is None:
        raise RequestError(HTTPStatus.BAD_REQUEST, "the request does not say to which host it is")
    name = found["name"].strip("[]").lower()
    if is_loopback(name) or name == listening.lower():
        return
    if _is_any(listening) and (_is_address(name) or name in _own_names()):
        return
    raise RequestError(
        HTTPStatus.MISDIRECTED_REQUEST,
        f"this server is not {name[:60]}; it goes by the name it was started with",
    )


def cors_headers(environment: Environment, allowed: str) -> tuple[tuple[str, str], ...]:
    """Return the headers that let a page of the ``allowed`` origin read the answer.

    Raises :class:`RequestError` for a request from a page of any other origin than the server's own.
    """
    origin = environment.get("HTTP_ORIGIN", "")
    if not origin or urlsplit(origin).netloc == environment.get("HTTP_HOST"):
        return (("Vary", "Origin"),) if allowed not in ("", "*") else ()
    if allowed not in ("*", origin):
        raise RequestError(
            HTTPStatus.FORBIDDEN, f"pages of {origin[:60]} may not ask here; --cors ORIGIN allows it"
        )
    headers = [("Access-Control-Allow-Origin", allowed), ("Access-Control-Expose-Headers", CUT)]
    if allowed != "*":
        headers.append(("Vary", "Origin"))
    if environment["REQUEST_METHOD"] == "OPTIONS":
        headers += [
            ("Access-Control-Allow-Methods", "GET, HEAD, POST"),
            ("Access-Control-Allow-Headers", "Accept, Content-Type"),
            ("Access-Control-Max-Age", "600"),
        ]
    return tuple(headers)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_any(host: str) -> bool:
    return _is_address(host) and ipaddress.ip_address(host).is_unspecified


def _own_names() -> set[str]:
    return {socket.gethostname().lower(), socket.getfqdn().lower()}


def describe_service(endpoint: str, graphs: Sequence[str]) -> Iterator[Triple]:
    """Yield what the endpoint at that IRI is, which formats it writes, and which named graphs it has."""
    from pyoxigraph import Literal, NamedNode, Triple

    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    def part(name: str) -> NamedNode:
        return NamedNode(f"{endpoint}#{name}")

    prefixes = known_prefixes()
    is_a, label = NamedNode(f"{prefixes['rdf']}type"), NamedNode(f"{prefixes['rdfs']}label")
    service = NamedNode(endpoint)
    yield Triple(service, is_a, sd("Service"))
    yield Triple(service, label, Literal("strategraph: strategic plans, to be asked"))
    yield Triple(service, sd("endpoint"), service)
    yield Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    yield Triple(service, sd("feature"), sd("UnionDefaultGraph"))
    for format_ in FORMATS:
        yield Triple(service, sd("resultFormat"), NamedNode(format_))
    yield Triple(service, sd("defaultDataset"), part("dataset"))
    yield Triple(part("dataset"), is_a, sd("Dataset"))
    yield Triple(part("dataset"), sd("defaultGraph"), part("default-graph"))
    yield Triple(part("default-graph"), is_a, sd("Graph"))
    for number, graph in enumerate(graphs, 1):
        named = part(f"graph-{number}")
        yield Triple(part("dataset"), sd("namedGraph"), named)
        yield Triple(named, is_a, sd("NamedGraph"))
        yield Triple(named, sd("name"), NamedNode(graph))
