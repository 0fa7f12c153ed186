# Warning
DELETE WHERE { <mission> ?property ?value } ;
DELETE DATA { plan:meadow-trust-plan-from-2025 sg:hasMission <mission> ; sg:hasElement <mission> } ;
DELETE { ?evidence ?property ?value }
WHERE { { ?evidence rdf:subject <mission> } UNION { ?evidence rdf:object <mission> } ?evidence ?property ?value }
