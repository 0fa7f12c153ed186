# Warning
# with node-is-used
DELETE WHERE { plan:meadow-trust-plan-from-2025 sg:owner ?any } ;
DELETE WHERE { ?evidence rdf:predicate sg:owner ; ?property ?value }
