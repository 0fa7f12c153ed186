# Violation
# with quote-stands-in-its-element
DELETE { ?evidence oa:start ?start ; oa:end ?end }
INSERT { ?evidence oa:start -1 ; oa:end 7 }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; oa:start ?start ; oa:end ?end }
