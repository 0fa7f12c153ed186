# Violation
DELETE WHERE { <event/meadow-forum-2024> rdfs:label ?any }
