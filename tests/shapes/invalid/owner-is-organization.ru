# Violation
DELETE { ?owner a sg:Organization }
WHERE { plan:meadow-trust-plan-from-2025 sg:owner ?owner }
