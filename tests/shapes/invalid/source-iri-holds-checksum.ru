# Violation
# with evidence-is-named-by-its-words
# with source-is-named-by-its-bytes
DELETE { ?source ?property ?value . ?node ?link ?source }
INSERT { <../../source/valid.txt> ?property ?value . ?node ?link <../../source/valid.txt> }
WHERE { ?source a sg:SourceDocument ; ?property ?value . ?node ?link ?source }
