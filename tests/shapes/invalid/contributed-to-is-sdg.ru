# Violation
DELETE DATA {
    <goal/2> sg:contributesTo <http://metadata.un.org/sdg/15> .
    <given/93> rdf:object <http://metadata.un.org/sdg/15>
} ;
INSERT DATA {
    <goal/2> sg:contributesTo <http://metadata.un.org/sdg/18> .
    <given/93> rdf:object <http://metadata.un.org/sdg/18>
}
