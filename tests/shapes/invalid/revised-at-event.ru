# Violation
# with node-is-used
DELETE { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisedAt ?old }
INSERT { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisedAt <organization/meadow-trust> }
WHERE { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisedAt ?old }
