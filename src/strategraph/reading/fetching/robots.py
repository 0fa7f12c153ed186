"""What a site's robots.txt asks of programs (RFC 9309), as far as it is about fetching one address."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

from strategraph.reading.fetching.address import Address
from strategraph.reading.fetching.exchange import AGENT


def may_fetch(rules: str, address: Address) -> bool:
    """Whether the rules of a site ("" if it has none) allow this program to fetch an address.

    >>> may_fetch("User-agent: *\\nDisallow: /drafts/", Address.parse("http://example.org/plan.pdf"))
    True
    """
    parser = RobotFileParser()
    parser.parse(rules.splitlines())
    return parser.can_fetch(AGENT, str(address))
