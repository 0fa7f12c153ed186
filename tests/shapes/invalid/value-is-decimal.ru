# Violation
DELETE { <goal/1/objective/1.1/measure/1> sg:value ?old }
INSERT { <goal/1/objective/1.1/measure/1> sg:value 40 }
WHERE { <goal/1/objective/1.1/measure/1> sg:value ?old }
