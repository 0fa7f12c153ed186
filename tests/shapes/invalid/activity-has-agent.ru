# Violation
DELETE WHERE { <build> prov:wasAssociatedWith ?any }
