# Violation
DELETE { <goal/1/objective/1.1> sg:inPlan ?old }
INSERT { <goal/1/objective/1.1> sg:inPlan <goal/1> }
WHERE { <goal/1/objective/1.1> sg:inPlan ?old }
