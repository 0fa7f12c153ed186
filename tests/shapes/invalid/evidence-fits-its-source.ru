# Violation
INSERT { ?e sg:xpath "/plan[1]" } WHERE { ?e a sg:Evidence ; rdf:object <vision> }
