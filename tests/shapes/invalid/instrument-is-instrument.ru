# Violation
# with superclass-is-written
INSERT DATA {
  <../../instrument/meadow-assembly/order/9> a sg:Order ; rdfs:label "Order 9" .
}
