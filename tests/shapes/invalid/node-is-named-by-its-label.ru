# Violation
# with named-is-quoted
DELETE { <event/meadow-forum-2024> rdfs:label ?old }
INSERT { <event/meadow-forum-2024> rdfs:label "Moon Forum 2030" }
WHERE { <event/meadow-forum-2024> rdfs:label ?old }
