# Violation
INSERT DATA { <../../../concept/theme/agriculture> skos:altLable "farming"@en }
