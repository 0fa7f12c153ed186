# Violation
# with evidence-fits-its-source
INSERT { ?evidence sg:page "1"^^xsd:positiveInteger }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" }
