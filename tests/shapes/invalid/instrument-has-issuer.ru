# Info
# with instrument-is-named-by-what-it-is
DELETE WHERE { <../../instrument/meadow-assembly/decision/4> sg:issuedBy ?any }
