# Violation
# with text-is-written-as-quoted
DELETE { <vision> sg:statement ?old }
INSERT { <vision> sg:statement "Healthy meadows for no one."@en }
WHERE { <vision> sg:statement ?old }
