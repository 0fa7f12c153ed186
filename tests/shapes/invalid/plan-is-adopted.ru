# Info
DELETE { ?plan sg:adoptedBy ?instrument . ?evidence ?property ?value }
INSERT { ?plan sg:approvedBy ?instrument . <../../evidence/ab8f7adb6b74a11a> ?property ?value ; rdf:predicate sg:approvedBy }
WHERE { ?plan sg:adoptedBy ?instrument . ?evidence rdf:predicate sg:adoptedBy ; ?property ?value } ;
DELETE DATA { <../../evidence/ab8f7adb6b74a11a> rdf:predicate sg:adoptedBy }
