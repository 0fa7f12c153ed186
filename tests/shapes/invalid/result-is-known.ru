# Violation
INSERT DATA { <goal/1/objective/1.1/measure/1> sg:result "hoped" }
