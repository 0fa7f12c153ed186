"""What is known before a text is read: languages, vocabularies, organisations, and where their tables are."""
