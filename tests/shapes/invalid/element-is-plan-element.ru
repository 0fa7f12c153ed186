# Violation
DELETE DATA {
  <mission> a sg:PlanElement .
}
