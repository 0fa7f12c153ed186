"""Files of word processors: DOCX and ODT."""
