# Violation
# with measure-is-quoted
DELETE { <goal/1/objective/1.1/measure/1> sg:comparator ?old }
INSERT { <goal/1/objective/1.1/measure/1> sg:comparator "perhaps" }
WHERE { <goal/1/objective/1.1/measure/1> sg:comparator ?old }
