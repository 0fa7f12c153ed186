# Violation
# with instrument-is-named-by-what-it-is
DELETE { <../../instrument/meadow-assembly/resolution/12> sg:issuedBy ?old }
INSERT { <../../instrument/meadow-assembly/resolution/12> sg:issuedBy <organization/meadow-trust> }
WHERE { <../../instrument/meadow-assembly/resolution/12> sg:issuedBy ?old }
