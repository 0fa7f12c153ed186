# Violation
# with giver-is-known
DELETE { <fact/1> sg:givenBy ?old }
INSERT { <fact/1> sg:givenBy 1 }
WHERE { <fact/1> sg:givenBy ?old }
