# Violation
# with node-is-used
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sg: <https://w3id.org/strategraph/ns#>
INSERT DATA {
  <event/meadow-forum-2025> a sg:Event ; rdfs:label "Meadow Forum 2025" .
}
