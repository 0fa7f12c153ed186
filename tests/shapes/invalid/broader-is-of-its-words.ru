# Violation
# with target-group-is-in-vocabulary
INSERT DATA {
    <../../target-group/meadow-keepers> a sg:TargetGroup, skos:Concept ;
        rdfs:label "meadow keepers"@en ; skos:prefLabel "meadow keepers"@en ;
        skos:broader <../../../concept/target-group/young-farmers> .
    <goal/2> sg:mentionsGroup <../../target-group/meadow-keepers> .
    <given/97> a sg:GivenFact, rdf:Statement ; rdfs:label "given by the user"@en ; sg:givenBy "user" ;
        rdf:subject <goal/2> ; rdf:predicate sg:mentionsGroup ; rdf:object <../../target-group/meadow-keepers> .
}
