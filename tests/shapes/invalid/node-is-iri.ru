# Violation
INSERT DATA {
  [] a sg:Event ; rdfs:label "Meadow Forum 2025" .
}
