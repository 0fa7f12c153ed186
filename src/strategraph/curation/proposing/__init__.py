"""Asking a language model what a plan states. What it says is a proposal, and no more."""
