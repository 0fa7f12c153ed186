# Violation
DELETE { <goal/1> sg:concerns <../../../concept/theme/agriculture> . ?evidence ?p ?o }
WHERE { ?evidence rdf:subject <goal/1> ; rdf:predicate sg:concerns ; ?p ?o }
