# Violation
DELETE { ?source ?property ?value . ?node ?link ?source }
INSERT { <../../source/valid.txt> ?property ?value . ?node ?link <../../source/valid.txt> }
WHERE { ?source a sg:SourceDocument ; ?property ?value . ?node ?link ?source }
