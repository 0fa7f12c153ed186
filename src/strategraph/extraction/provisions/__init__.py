"""Provisions: the paragraphs of resolutions, and what each says."""
