# Violation
INSERT DATA { <../../../concept/theme/agriculture> sg:contributesTo <http://metadata.un.org/sdg/18> }
