# Violation
DELETE { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionYear ?old }
INSERT { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionYear 2022 }
WHERE { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionYear ?old }
