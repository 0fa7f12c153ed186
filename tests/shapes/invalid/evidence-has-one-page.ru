# Violation
# with evidence-fits-its-source
INSERT { ?evidence sg:page 1, 2 }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" }
