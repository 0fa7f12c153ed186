# Warning
# with element-is-named-by-its-number
# with label-says-what-it-labels
DELETE { <goal/2> sg:number ?old }
INSERT { <goal/2> sg:number "1" }
WHERE { <goal/2> sg:number ?old }
