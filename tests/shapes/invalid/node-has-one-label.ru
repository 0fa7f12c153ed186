# Violation
INSERT DATA {
  <event/meadow-forum-2024> rdfs:label "Forum of Meadows" .
}
