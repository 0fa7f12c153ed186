# Warning
DELETE WHERE { <goal/1/purpose/1> sg:object ?any }
