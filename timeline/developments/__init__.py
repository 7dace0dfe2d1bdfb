"""The kinds of development: one module per family, each a typed detail that derives its facts."""
