# Violation
DELETE WHERE { <../../../concept/theme/biodiversity> skos:prefLabel ?any }
