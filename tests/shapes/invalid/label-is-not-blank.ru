# Violation
# with node-is-named-by-its-label
DELETE { <event/meadow-forum-2024> rdfs:label ?old }
INSERT { <event/meadow-forum-2024> rdfs:label " " }
WHERE { <event/meadow-forum-2024> rdfs:label ?old }
