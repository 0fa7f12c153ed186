# Violation
DELETE DATA { <goal/1/objective/1.1/measure/1> a sg:Measure }
