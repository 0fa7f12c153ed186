# Warning
DELETE DATA {
  <goal/1/commitment/1> sg:aimsAt <goal/1/purpose/1> .
} ;
DELETE WHERE { ?evidence rdf:predicate sg:aimsAt ; ?property ?value }
