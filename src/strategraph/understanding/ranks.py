"""The usual order of planning terms, outermost first.

What stands without numbers, heading levels or nesting is put under the nearest element before it that
this order places above it. The order is that of results-based management (goal, objective, outcome,
output, activity), with targets and indicators measuring what is above them.
"""

RANK = {
    "Priority": 1,
    "Goal": 1,
    "Value": 1,
    "Objective": 2,
    "Outcome": 3,
    "Output": 4,
    "Target": 4,
    "Action": 4,
    "Indicator": 5,
}
