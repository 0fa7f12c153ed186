# Violation
DELETE { ?fact sg:givenBy ?old }
INSERT { ?fact sg:givenBy "oracle" }
WHERE { ?fact sg:givenBy ?old }
