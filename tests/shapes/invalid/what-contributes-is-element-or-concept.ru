# Violation
INSERT DATA {
  plan:meadow-trust-plan-from-2025 sg:contributesTo <http://metadata.un.org/sdg/5> .
}
