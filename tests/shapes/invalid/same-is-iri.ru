# Violation
INSERT DATA { <../../organization/meadow-assembly> owl:sameAs "Assembly" }
