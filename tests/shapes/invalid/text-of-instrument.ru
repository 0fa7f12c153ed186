# Violation
INSERT DATA {
  <https://w3id.org/strategraph/id/source/8dfdceb59bb64cde826b438a52d71908193db174b274aae3692f1bc950300439> sg:textOf <event/meadow-forum-2024> .
}
