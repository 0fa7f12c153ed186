"""A digest of graphs: all that is shown of them to people, on the page and in reports.

Nothing here knows HTML or any format; what is read is the graph, by the ontology's terms, and what a build
writes beside it.
"""

from strategraph.export.digest.beside import SourceText, texts_beside, with_pages, without_pages
from strategraph.export.digest.facts import Digest, Fact, Node, QuotedEvidence, digest
from strategraph.export.digest.terms import OntologyTerm, terms

__all__ = [
    "Digest",
    "Fact",
    "Node",
    "OntologyTerm",
    "QuotedEvidence",
    "SourceText",
    "digest",
    "terms",
    "texts_beside",
    "with_pages",
    "without_pages",
]
