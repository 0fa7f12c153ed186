# Violation
# with named-is-quoted
DELETE { <../../instrument/meadow-assembly/decision/4> sg:number ?old }
INSERT { <../../instrument/meadow-assembly/decision/4> sg:number "5" }
WHERE { <../../instrument/meadow-assembly/decision/4> sg:number ?old }
