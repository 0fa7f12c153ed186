# Violation
# with superclass-is-written
INSERT DATA { <goal/1/measure/9> a sg:Measure ; rdfs:label "9" ; sg:value 9.0 ; sg:unit "1" ; sg:comparator "equal" }
