# Warning
INSERT DATA { <../../../concept/target-group/everyone> skos:exactMatch <http://metadata.un.org/thesaurus/1000001> }
