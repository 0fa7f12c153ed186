# Violation
INSERT { ?source sg:presents <goal/1> }
WHERE { ?source a sg:SourceDocument }
