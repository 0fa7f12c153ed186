# Violation
INSERT DATA { <../../instrument/meadow-assembly/decision/4> sg:adopts plan:meadow-trust-plan-from-2025 }
