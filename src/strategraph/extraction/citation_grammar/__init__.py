"""The grammar of citations: patterns put together from the tables in ``data/citations``.

``tables`` loads what the tables hold, ``patterns`` puts the patterns together, ``readings`` makes fields of
what a pattern found; ``brackets`` and ``european_union`` read the parts that need more than a pattern.
Over the whole document, ``masthead`` leaves out its own symbol, ``title_case`` finds where names in headings
begin, ``short_forms`` adds names that the text itself defines, ``roles`` tells what an instrument did to
the plan. Run as a program, the package prints the page of forms.
"""
