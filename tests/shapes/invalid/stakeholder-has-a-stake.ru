# Violation
INSERT DATA { <goal/1/stakeholder/9> a sg:Stakeholder ; rdfs:label "gulls" }
