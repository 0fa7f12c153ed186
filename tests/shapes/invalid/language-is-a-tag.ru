# Violation
# with text-is-in-a-language-of-its-source
DELETE { plan:meadow-trust-plan-from-2025 dcterms:language ?old }
INSERT { plan:meadow-trust-plan-from-2025 dcterms:language "old English" }
WHERE { plan:meadow-trust-plan-from-2025 dcterms:language ?old }
