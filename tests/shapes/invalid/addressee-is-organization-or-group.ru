# Violation
# with superclass-is-written
INSERT DATA {
  <../../instrument/meadow-assembly/decision/4/provision/1> a sg:Provision, sg:OperativeParagraph ; rdfs:label "Asks for data."@en ; sg:position 1 ;
    sg:statement "Asks for data."@en .
  <../../instrument/meadow-assembly/decision/4> sg:hasProvision <../../instrument/meadow-assembly/decision/4/provision/1> .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject <../../instrument/meadow-assembly/decision/4> ; rdf:predicate sg:hasProvision ; rdf:object <../../instrument/meadow-assembly/decision/4/provision/1> .
  <../../instrument/meadow-assembly/decision/4/provision/1> sg:addressee <event/meadow-forum-2024> .
  <fact/3> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject <../../instrument/meadow-assembly/decision/4/provision/1> ; rdf:predicate sg:addressee ; rdf:object <event/meadow-forum-2024> .
}
