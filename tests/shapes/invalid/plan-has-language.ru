# Warning
DELETE WHERE { plan:meadow-trust-plan-from-2025 dcterms:language ?any }
