# Violation
DELETE DATA {
  <goal/1> sg:hasObjective <goal/1/objective/1.1> .
} ;
DELETE WHERE { ?evidence rdf:predicate sg:hasObjective ; ?property ?value }
