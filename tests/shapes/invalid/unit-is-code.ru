# Violation
# with measure-is-quoted
DELETE { <goal/1/objective/1.1/measure/1> sg:unit ?old }
INSERT { <goal/1/objective/1.1/measure/1> sg:unit "square miles" }
WHERE { <goal/1/objective/1.1/measure/1> sg:unit ?old }
