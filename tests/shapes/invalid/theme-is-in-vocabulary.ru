# Info
# with concept-is-in-its-own-scheme
DELETE WHERE { <../../../concept/theme/biodiversity> skos:inScheme ?any }
