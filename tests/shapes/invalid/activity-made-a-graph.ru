# Violation
DELETE WHERE { <graph> prov:wasGeneratedBy ?any }
