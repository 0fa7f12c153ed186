# Violation
# with source-has-format
# with superclass-is-written
INSERT {
  <../../source/0000000000000000000000000000000000000000000000000000000000000000>
    a sg:SourceDocument ; rdfs:label "copy.txt" ; sg:presents plan:meadow-trust-plan-from-2025 ; sg:textSha256 ?sum .
  ?evidence dcterms:source <../../source/0000000000000000000000000000000000000000000000000000000000000000> .
}
WHERE { ?source sg:textSha256 ?sum . ?evidence a sg:Evidence ; oa:exact "everyone" }
