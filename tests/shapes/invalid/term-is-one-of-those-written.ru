# Warning
INSERT DATA { <../../../concept/theme/agriculture> skos:hiddenLabel "farming"@en }
