# Violation
INSERT DATA {
  <../../instrument/meadow-assembly/decision/4/provision/1> a sg:OperativeParagraph ; rdfs:label "Asks for data."@en ; sg:position 1 ;
    sg:statement "Asks for data."@en .
}
