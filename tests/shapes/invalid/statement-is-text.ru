# Violation
# with text-is-written-as-quoted
DELETE { <goal/1> sg:statement ?old }
INSERT { <goal/1> sg:statement 1 }
WHERE { <goal/1> sg:statement ?old }
