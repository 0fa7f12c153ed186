# Warning
DELETE { <goal/2> sg:number ?old }
INSERT { <goal/2> sg:number "1" }
WHERE { <goal/2> sg:number ?old }
