# Violation
# with evidence-is-named-by-its-words
DELETE { ?evidence oa:prefix ?old }
INSERT { ?evidence oa:prefix "words"@en }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; oa:prefix ?old }
