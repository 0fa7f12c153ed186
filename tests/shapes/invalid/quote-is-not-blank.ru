# Violation
# with evidence-is-named-by-its-words
# with evidence-label-is-quoted
# with quote-stands-in-its-element
DELETE { ?evidence oa:exact ?old ; oa:start ?start ; oa:end ?end }
INSERT { ?evidence oa:exact "\n" ; oa:start 27 ; oa:end 28 }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; oa:exact ?old ; oa:start ?start ; oa:end ?end }
