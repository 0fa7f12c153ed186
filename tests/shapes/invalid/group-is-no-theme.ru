# Warning
INSERT DATA { <../../../concept/target-group/everyone> a sg:Theme }
