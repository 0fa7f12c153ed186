# Violation
# with instrument-is-named-by-what-it-is
DELETE { <../../instrument/meadow-assembly/resolution/12> sg:number ?old }
INSERT { <../../instrument/meadow-assembly/resolution/12> sg:number "12bis" }
WHERE { <../../instrument/meadow-assembly/resolution/12> sg:number ?old }
