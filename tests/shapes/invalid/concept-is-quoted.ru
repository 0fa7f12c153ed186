# Warning
# with evidence-is-named-by-its-words
# with node-is-used
DELETE { <goal/2> sg:concerns ?old . ?e rdf:object ?old }
INSERT { <goal/2> sg:concerns <../../../concept/theme/agriculture> . ?e rdf:object <../../../concept/theme/agriculture> }
WHERE { <goal/2> sg:concerns ?old . ?e rdf:subject <goal/2> ; rdf:predicate sg:concerns ; rdf:object ?old }
