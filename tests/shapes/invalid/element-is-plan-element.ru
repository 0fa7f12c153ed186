# Violation
# with text-is-of-a-text
DELETE DATA {
  <mission> a sg:PlanElement .
}
