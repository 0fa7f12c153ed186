# Violation
INSERT DATA {
  <../../document/ma-3-7> a sg:CitedDocument ; rdfs:label "MA/3/7" .
}
