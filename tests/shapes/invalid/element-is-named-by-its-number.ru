# Violation
# with label-says-what-it-labels
DELETE { <goal/1/objective/1.1> sg:number ?old }
INSERT { <goal/1/objective/1.1> sg:number "1" }
WHERE { <goal/1/objective/1.1> sg:number ?old }
