# Violation
# with node-is-named-by-its-label
DELETE { <event/meadow-forum-2024> rdfs:label ?old }
INSERT { <event/meadow-forum-2024> rdfs:label 2024 }
WHERE { <event/meadow-forum-2024> rdfs:label ?old }
