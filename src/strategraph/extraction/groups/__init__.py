"""Mentions of groups by a learned tagger: words, their classes and features, a linear-chain model."""

from __future__ import annotations
