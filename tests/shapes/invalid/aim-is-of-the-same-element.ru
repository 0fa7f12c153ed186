# Violation
# with evidence-is-named-by-its-words
# with extracted-triple-has-evidence
# with act-is-said-whole
DELETE { <goal/1/purpose/1> ?p ?o . ?s ?q <goal/1/purpose/1> }
INSERT { <goal/2/purpose/1> ?p ?o . ?s ?q <goal/2/purpose/1> }
WHERE { { <goal/1/purpose/1> ?p ?o } UNION { ?s ?q <goal/1/purpose/1> } } ;
DELETE { <goal/1> ?p <goal/2/purpose/1> . ?fact rdf:subject <goal/1> }
INSERT { <goal/2> ?p <goal/2/purpose/1> ; sg:addresses <../../../concept/target-group/young-farmers> . ?fact rdf:subject <goal/2> }
WHERE { <goal/1> ?p <goal/2/purpose/1> . ?fact rdf:subject <goal/1> ; rdf:object <goal/2/purpose/1> }
