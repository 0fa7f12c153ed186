# Violation
DELETE WHERE { <build> prov:used ?any }
