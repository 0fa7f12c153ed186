# Warning
DELETE WHERE { <mission> sg:statement ?any }
