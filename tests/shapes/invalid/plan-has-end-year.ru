# Warning
DELETE WHERE { plan:meadow-trust-plan-from-2025 sg:endYear ?any } ;
DELETE WHERE { ?fact rdf:predicate sg:endYear ; ?property ?value }
