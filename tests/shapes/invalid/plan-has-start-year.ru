# Warning
DELETE WHERE { plan:meadow-trust-plan-from-2025 sg:startYear ?any } ;
DELETE WHERE { ?fact rdf:predicate sg:startYear ; ?property ?value }
