"""Formats that mark their text up: HTML, Markdown, AsciiDoc, reStructuredText, Akoma Ntoso."""
