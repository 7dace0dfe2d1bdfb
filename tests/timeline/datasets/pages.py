"""The pages on data sets, whose blocks of YAML are the files of one."""

import re
from pathlib import Path

from tests.timeline.datasets.folders import Folder

PAGES = Path(__file__).resolve().parents[3] / "docs" / "data"


def text_of(page: str) -> str:
    return (PAGES / page).read_text(encoding="utf-8")


def written_out(page: str, path: Path) -> Folder:
    """The data set of a page: the first line of each block names its file."""
    folder = Folder(path)
    for block in re.findall(r"^```yaml\n(.+?)^```$", text_of(page), re.MULTILINE | re.DOTALL):
        folder.write(block.splitlines()[0].removeprefix("# "), block)
    return folder
