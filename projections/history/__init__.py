"""The history of keys: every value an attribute had, and how each stopped holding or stopped being believed."""
