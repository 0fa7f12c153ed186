# Violation
# with evidence-is-named-by-its-words
DELETE { ?e rdf:object <../../../concept/theme/biodiversity> ; rdf:predicate sg:concerns }
INSERT { ?e rdf:object <http://metadata.un.org/sdg/15> ; rdf:predicate sg:contributesTo . <given/98> a sg:GivenFact, rdf:Statement ; rdfs:label "given by the user"@en ; sg:givenBy "user" ; rdf:subject <goal/2> ; rdf:predicate sg:concerns ; rdf:object <../../../concept/theme/biodiversity> }
WHERE { ?e rdf:object <../../../concept/theme/biodiversity> ; rdf:predicate sg:concerns }
