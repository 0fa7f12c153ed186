"""Two editions of a plan or a resolution, or one resolution in two languages: what changed, in whose words.

graph ─edition→ parts and what they name ─match→ pairs ─compare→ changes ─write→ text, HTML, JSON, RDF
"""

from strategraph.export.editions.comparison import Comparison, compare
from strategraph.export.editions.edition import Edition, edition
from strategraph.export.editions.formats import FORMATS, pages, write

__all__ = ["FORMATS", "Comparison", "Edition", "compare", "edition", "pages", "write"]
