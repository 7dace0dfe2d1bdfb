"""The record, taken home at a basis: one module for each format, and `formats` that lists them.

Every format is read by a program that is not ours in `tests/projections/export`. A format gives its bytes in pieces.
The same basis gives the same bytes, so that an export can be cited as a state can.
"""
