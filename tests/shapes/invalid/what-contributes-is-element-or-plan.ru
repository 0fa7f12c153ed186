# Violation
INSERT DATA {
  <https://w3id.org/strategraph/concept/theme/water> sg:contributesTo <http://metadata.un.org/sdg/5> .
}
