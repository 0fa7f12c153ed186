# Violation
# with superclass-is-written
INSERT DATA { <event/meadow-forum-2024> a sg:Organization }
