# Violation
DELETE WHERE { <fact/1> sg:givenBy ?any }
