# Warning
DELETE WHERE { <vision> ?property ?value } ;
DELETE WHERE { <../../../concept/target-group/everyone> ?property ?value } ;
DELETE DATA { <goal/2> sg:mentionsGroup <../../../concept/target-group/everyone> } ;
DELETE WHERE { <given/92> ?property ?value } ;
DELETE DATA { plan:meadow-trust-plan-from-2025 sg:hasVision <vision> ; sg:hasElement <vision> } ;
DELETE { ?evidence ?property ?value }
WHERE { { ?evidence rdf:subject <vision> } UNION { ?evidence rdf:object <vision> } ?evidence ?property ?value }
