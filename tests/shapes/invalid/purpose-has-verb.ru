# Violation
DELETE WHERE { <goal/1/purpose/1> sg:verb ?any }
