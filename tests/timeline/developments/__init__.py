"""The kinds of development: what each accepts, and the facts it derives."""
