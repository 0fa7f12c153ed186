# Info
DELETE WHERE { ?evidence a sg:Evidence ; ?property ?value }
