# Violation
# with instrument-is-named-by-what-it-is
DELETE DATA { <../../instrument/meadow-assembly/resolution/12> a sg:Resolution } ;
INSERT DATA { <../../instrument/meadow-assembly/resolution/12> a sg:Decision }
