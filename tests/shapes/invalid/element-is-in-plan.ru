# Violation
DELETE WHERE { <goal/1> sg:inPlan ?any }
