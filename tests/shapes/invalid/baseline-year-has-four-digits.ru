# Violation
# with measure-is-quoted
INSERT DATA { <goal/1/objective/1.1/measure/1> sg:baselineYear "2020Z"^^xsd:gYear }
