# Warning
# with named-is-quoted
# with node-is-named-by-its-label
DELETE { <organization/meadow-trust> rdfs:label ?old }
INSERT { <organization/meadow-trust> rdfs:label "Meadow Assembly" }
WHERE { <organization/meadow-trust> rdfs:label ?old }
