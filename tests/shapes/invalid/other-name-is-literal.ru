# Violation
INSERT DATA {
  <event/meadow-forum-2024> skos:altLabel <event/forum> .
}
