# Info
DELETE WHERE { <../../instrument/meadow-assembly/decision/4> sg:issuedBy ?any }
