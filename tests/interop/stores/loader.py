"""A load in a process of its own, to be killed: ``python -m tests.interop.stores.loader STORE URL GRAPH FILE``.

It is ``strategraph load`` but for the validation, which takes longer than all the rest.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from strategraph.errors import StrategraphError
from strategraph.querying.stores.client import Store
from strategraph.querying.stores.loading import PlanGraph, load
from strategraph.querying.stores.profiles import find_profile
from strategraph.querying.stores.transport import Login, Transport


def tell(step: str) -> None:
    print(step, file=sys.stderr, flush=True)


def main() -> int:
    kind, url, name, file = sys.argv[1:]
    profile = find_profile(kind)
    content = Path(file).read_bytes()
    graph = PlanGraph(name, content.count(b"\n"), content)
    with Transport(Login(os.environ), notice=tell) as transport:
        try:
            load(Store(transport, profile.endpoints(url)), graph, profile.swap, step=tell)
        except StrategraphError as error:
            tell(str(error))
            return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
