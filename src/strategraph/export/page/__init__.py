"""The page: one file with a graph, the text it was read from, and what leads from the one to the other.

It needs no server and no network, and runs no script but its own.
"""

from strategraph.export.page.assembly import assemble, policy
from strategraph.export.page.content import content, title

__all__ = ["assemble", "content", "policy", "title"]
