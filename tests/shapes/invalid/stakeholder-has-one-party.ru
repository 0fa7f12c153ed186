# Violation
INSERT DATA { <goal/1/objective/1.1/stakeholder/1> sg:party <https://w3id.org/strategraph/concept/target-group/everyone> }
