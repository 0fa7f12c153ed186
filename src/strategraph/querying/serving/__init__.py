"""A read-only SPARQL 1.1 endpoint with a page to ask from.

request ─guard→ ─read→ Task ─pool→ worker process ─answer→ Reply ─negotiate→ response

Queries run in processes of their own, because that is the only way to stop one: the engine has no handle for
it, and a query may take all time and memory there is.
"""
