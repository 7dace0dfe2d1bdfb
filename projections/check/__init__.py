"""The fact check: what a sentence claims, what the record holds about it, and the verdict."""
