"""`python -m tests.corpus` prints how the check does: every mistake on one half, only their number on the other."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.beginnings import with_bundled
from tests.corpus.judging import judge, mistakes, mistakes_counted, told
from tests.corpus.sentences import TIMELINE, read, tuned_on
from tests.corpus.serving import serving
from tests.databases import url_of_file
from timeline.store.migrate import upgrade


def main() -> None:
    with TemporaryDirectory() as folder:
        url = url_of_file(Path(folder) / "timeline.db")
        upgrade(url)
        with_bundled(url)
        with serving(url) as client:
            tuning = judge(client, TIMELINE, tuned_on())
            heldout = judge(client, TIMELINE, read("heldout"))
            tiny = judge(client, "tiny", read("tiny"))
    parts = [
        told("tuning", tuning),
        mistakes(tuning),
        told("tiny", tiny),
        mistakes(tiny),
        told("heldout", heldout),
        mistakes_counted(heldout),
    ]
    sys.stdout.write("\n\n".join(part for part in parts if part) + "\n")


if __name__ == "__main__":
    main()
