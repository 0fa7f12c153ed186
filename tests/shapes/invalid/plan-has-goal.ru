# Warning
# with evidence-is-named-by-its-words
# with label-says-what-it-labels
DELETE { ?parent sg:hasGoal ?goal . ?goal a sg:Goal . ?evidence rdf:predicate sg:hasGoal }
INSERT { ?parent sg:hasPriority ?goal . ?goal a sg:Priority . ?evidence rdf:predicate sg:hasPriority }
WHERE { ?parent sg:hasGoal ?goal . ?evidence rdf:object ?goal }
