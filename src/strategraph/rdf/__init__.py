"""Graphs: made of a plan, read from files, merged."""
