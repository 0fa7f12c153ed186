# Violation
DELETE { <event/meadow-forum-2024> a sg:Event }
WHERE { <event/meadow-forum-2024> a sg:Event }
