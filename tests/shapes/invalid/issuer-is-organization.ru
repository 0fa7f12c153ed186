# Violation
# with instrument-is-named-by-what-it-is
DELETE { <../../instrument/meadow-assembly/decision/4> sg:issuedBy ?old }
INSERT { <../../instrument/meadow-assembly/decision/4> sg:issuedBy <event/meadow-forum-2024> }
WHERE { <../../instrument/meadow-assembly/decision/4> sg:issuedBy ?old }
