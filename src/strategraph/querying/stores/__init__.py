"""Triple stores over HTTP: loading graphs safely, taking them out again, and seeing what is there.

:mod:`~strategraph.querying.stores.profiles` is the one table of the stores that are known, and
:mod:`~strategraph.querying.stores.loading` the order of steps that keeps the old graph until the new one is
whole.
"""
