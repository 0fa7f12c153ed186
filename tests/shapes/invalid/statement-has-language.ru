# Warning
# with text-is-written-as-quoted
# with act-is-said-whole
DELETE { <goal/1> sg:statement ?old }
INSERT { <goal/1> sg:statement "Bring wild bees back to farmland." }
WHERE { <goal/1> sg:statement ?old }
