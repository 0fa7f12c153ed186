"""The grammar of citations: patterns put together from the tables in ``data/citations``.

``tables`` loads what the tables hold, ``patterns`` puts the patterns together, ``readings`` makes fields of
what a pattern found; ``brackets`` and ``european_union`` read the parts that need more than a pattern;
``short_forms`` finds names that the text itself defines, ``roles`` what an instrument did to the plan.
"""
