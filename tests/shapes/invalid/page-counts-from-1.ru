# Violation
# with evidence-fits-its-source
INSERT { ?evidence sg:page 0 }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" }
