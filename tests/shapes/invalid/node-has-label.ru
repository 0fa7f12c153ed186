# Violation
# with named-is-quoted
# with node-is-named-by-its-label
DELETE WHERE { <event/meadow-forum-2024> rdfs:label ?any }
