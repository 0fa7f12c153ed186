"""strategraph turns strategic plans into validated, evidence-backed RDF knowledge graphs."""

__version__ = "0.1.0"
