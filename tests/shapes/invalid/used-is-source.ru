# Violation
INSERT DATA { <build> prov:used <https://example.org/source> }
