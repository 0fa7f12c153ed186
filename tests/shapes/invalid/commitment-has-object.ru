# Warning
# with statement-is-verb-and-object
DELETE WHERE { <goal/1/commitment/1> sg:object ?any }
