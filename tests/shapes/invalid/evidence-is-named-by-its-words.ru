# Violation
DELETE { ?evidence ?p ?o }
INSERT { <../../evidence/0123456789abcdef> ?p ?o }
WHERE { ?evidence oa:exact "all countries" ; ?p ?o }
