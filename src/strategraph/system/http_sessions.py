"""HTTP by ``requests``, which is led nowhere by what a server answers."""

from __future__ import annotations

import requests


class Session(requests.Session):
    """Leaves redirects alone: by itself, requests reads all of their answer at once, however long it is.

    It does so even where redirects are not followed, and trips over an address that is none.
    """

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return nowhere."""
