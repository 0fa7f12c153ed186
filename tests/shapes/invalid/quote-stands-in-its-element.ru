# Violation
# with element-names-what-its-acts-name
# with evidence-is-named-by-its-words
# with goal-has-target-group
DELETE { <goal/1> sg:addresses <../../../concept/target-group/young-farmers> . ?evidence rdf:subject <goal/1> }
INSERT { <goal/2> sg:addresses <../../../concept/target-group/young-farmers> . ?evidence rdf:subject <goal/2> }
WHERE { ?evidence rdf:subject <goal/1> ; rdf:predicate sg:addresses }
