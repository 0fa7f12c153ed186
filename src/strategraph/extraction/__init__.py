"""Extractors: from a document to what is mentioned in it. Seen, not yet identified."""
