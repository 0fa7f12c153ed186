# Warning
# with statement-is-verb-and-object
# with act-is-said-whole
DELETE WHERE { <goal/1/commitment/1> sg:object ?any }
