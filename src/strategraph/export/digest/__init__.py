"""A digest of graphs: all that is shown of them to people, on the page and in reports.

Nothing here knows HTML or any format; what is read is the graph, by the ontology's terms, and what a build
writes beside it.
"""

from strategraph.export.digest.beside import Text, texts_beside
from strategraph.export.digest.facts import Digest, Evidence, Fact, Node, digest
from strategraph.export.digest.terms import Term, terms

__all__ = ["Digest", "Evidence", "Fact", "Node", "Term", "Text", "digest", "terms", "texts_beside"]
