"""Resolution: from what was seen to what it refers to. What is uncertain stays unresolved."""
