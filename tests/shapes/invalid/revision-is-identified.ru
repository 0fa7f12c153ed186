# Warning
DELETE { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionPlace ?place ; sg:revisionYear ?year }
WHERE { <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionPlace ?place ; sg:revisionYear ?year }
