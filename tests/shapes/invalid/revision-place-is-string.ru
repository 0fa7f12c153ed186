# Violation
DELETE { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionPlace ?old }
INSERT { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionPlace "Lisbon"@en }
WHERE { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionPlace ?old }
