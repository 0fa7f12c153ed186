# Warning
# with statement-is-verb-and-object
DELETE WHERE { <goal/1/purpose/1> sg:object ?any }
