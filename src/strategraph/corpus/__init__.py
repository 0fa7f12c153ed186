"""Many plans in one run: from folders of sources to folders of graphs, and a manifest of all.

given ─find→ sources ─compare with the manifest→ what is to be done ─build, in processes→ records ─close→
manifest

What a run makes of a source depends on the source, the recipe and which other sources claim the same IRI;
never on the order of the sources or the number of processes.
"""
