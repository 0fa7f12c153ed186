"""Formats of triples: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF 1.2, OWL."""
