# Info
DELETE { ?evidence sg:confidence ?old }
INSERT { ?evidence sg:confidence 0.4 }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; sg:confidence ?old }
