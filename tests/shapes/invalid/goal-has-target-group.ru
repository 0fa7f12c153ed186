# Info
# with node-is-used
DELETE DATA {
  <goal/2> sg:addresses <../../../concept/target-group/all-countries> .
} ;
DELETE WHERE { ?evidence oa:exact "all countries" ; ?property ?value }
