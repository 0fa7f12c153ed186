# Warning
# with superclass-is-written
INSERT DATA {
  <../../instrument/meadow-assembly/order/9> a sg:Instrument, sg:Order ; rdfs:label "Order 9" ;
    sg:issuedBy <../../organization/meadow-assembly> .
}
