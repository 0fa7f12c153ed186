# Info
# with concept-is-in-its-own-scheme
DELETE WHERE { <../../../concept/target-group/everyone> skos:inScheme ?any }
