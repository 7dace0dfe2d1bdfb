"""The shapes of what goes in and out, as the OpenAPI document describes them.

Answers are written straight from the read models and not validated again; tests hold real answers against these.
"""
