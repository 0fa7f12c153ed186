# Violation
DELETE { <../../instrument/meadow-assembly/decision/4> sg:session ?old }
INSERT { <../../instrument/meadow-assembly/decision/4> sg:session 3 }
WHERE { <../../instrument/meadow-assembly/decision/4> sg:session ?old }
