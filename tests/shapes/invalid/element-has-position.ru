# Violation
DELETE WHERE { <goal/1> sg:position ?any }
