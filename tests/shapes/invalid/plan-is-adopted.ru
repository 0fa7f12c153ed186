# Info
DELETE { ?plan sg:adoptedBy ?instrument . ?evidence rdf:predicate sg:adoptedBy }
INSERT { ?plan sg:approvedBy ?instrument . ?evidence rdf:predicate sg:approvedBy }
WHERE { ?plan sg:adoptedBy ?instrument . ?evidence rdf:predicate sg:adoptedBy }
