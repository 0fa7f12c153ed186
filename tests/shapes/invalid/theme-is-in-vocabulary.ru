# Info
DELETE WHERE { <../../../concept/theme/biodiversity> skos:inScheme ?any }
