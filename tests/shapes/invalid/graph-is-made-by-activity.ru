# Violation
INSERT DATA { <graph> prov:wasGeneratedBy <https://example.org/build> }
