# Violation
# with statement-is-verb-and-object
DELETE { <goal/1/commitment/1> sg:verb ?old }
INSERT { <goal/1/commitment/1> sg:verb "promote " }
WHERE { <goal/1/commitment/1> sg:verb ?old }
