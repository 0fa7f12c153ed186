"""What goes back to the client: a response, or an error that becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus


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
