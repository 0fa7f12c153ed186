# Warning
DELETE { <goal/1> sg:position 1 . <goal/2> sg:position 2 }
INSERT { <goal/1> sg:position 2 . <goal/2> sg:position 1 }
WHERE { }
