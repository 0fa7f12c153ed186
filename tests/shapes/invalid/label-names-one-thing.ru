# Warning
DELETE { <organization/meadow-trust> rdfs:label ?old }
INSERT { <organization/meadow-trust> rdfs:label "Meadow Assembly" }
WHERE { <organization/meadow-trust> rdfs:label ?old }
