# Violation
# with named-is-quoted
DELETE WHERE { <event/meadow-forum-2024> rdfs:label ?any }
