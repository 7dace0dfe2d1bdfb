"""Bundled timelines as YAML, one folder each, and what reads, checks and loads them."""
