# Violation
DELETE WHERE { <build> sg:rulesSha256 ?any }
