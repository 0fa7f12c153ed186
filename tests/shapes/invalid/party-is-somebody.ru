# Violation
DELETE WHERE { <goal/1/objective/1.1/stakeholder/1> sg:party ?old } ;
INSERT DATA { <goal/1/objective/1.1/stakeholder/1> sg:party <vision> }
