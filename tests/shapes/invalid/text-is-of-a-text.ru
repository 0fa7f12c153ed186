# Violation
INSERT DATA { <../../instrument/meadow-assembly/decision/4> dcterms:title "On moon bases"@en }
