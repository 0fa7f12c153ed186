# Violation
DELETE WHERE { <goal/1/commitment/1> sg:verb ?any }
