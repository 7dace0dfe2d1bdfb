"""The pages for people: rendered here, readable without a script, each view with an address of its own."""
