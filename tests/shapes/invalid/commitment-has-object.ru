# Warning
DELETE WHERE { <goal/1/commitment/1> sg:object ?any }
