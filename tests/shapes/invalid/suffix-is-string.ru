# Violation
# with evidence-is-named-by-its-words
DELETE { ?evidence oa:suffix ?old }
INSERT { ?evidence oa:suffix "words"@en }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; oa:suffix ?old }
