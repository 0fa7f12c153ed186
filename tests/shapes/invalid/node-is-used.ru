# Warning
INSERT DATA { <../../event/ghost-ball> a sg:Event ; rdfs:label "Ghost Ball" }
