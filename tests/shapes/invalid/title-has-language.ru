# Warning
DELETE { <goal/1> dcterms:title ?old }
INSERT { <goal/1> dcterms:title "Wild Bees" }
WHERE { <goal/1> dcterms:title ?old }
