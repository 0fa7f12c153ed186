# Warning
DELETE WHERE { plan:meadow-trust-plan-from-2025 dcterms:title ?any } ;
DELETE WHERE { ?evidence rdf:predicate dcterms:title ; ?property ?value }
