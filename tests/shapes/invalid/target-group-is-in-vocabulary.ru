# Info
DELETE WHERE { <../../../concept/target-group/everyone> skos:inScheme ?any }
