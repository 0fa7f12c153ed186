# Warning
# with instrument-is-named-by-what-it-is
DELETE { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionYear ?old }
INSERT { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionYear "2066"^^xsd:gYear }
WHERE { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionYear ?old }
