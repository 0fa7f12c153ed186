# Violation
# with shipped-node-says-what-is-shipped
INSERT DATA { <../../../concept/target-group/everyone> skos:broader <../../../concept/target-group/nobody> }
