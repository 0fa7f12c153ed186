# Violation
INSERT DATA { <build> sg:modelsSha256 "xyz" }
