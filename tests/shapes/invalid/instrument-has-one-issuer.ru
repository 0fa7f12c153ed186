# Violation
INSERT DATA { <../../instrument/meadow-assembly/decision/4> sg:issuedBy <organization/meadow-trust> }
