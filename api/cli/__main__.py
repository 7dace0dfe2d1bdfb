"""``python -m api.cli`` is the same as ``timeline``."""

from api.cli.program import main

main()
