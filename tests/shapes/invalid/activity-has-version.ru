# Violation
DELETE WHERE { <build> sg:version ?any }
