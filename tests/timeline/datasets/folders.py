"""Data sets in folders that tests can change: the tiny one, or one of any size."""

import shutil
from pathlib import Path

from timeline.datasets.findings import Finding
from timeline.datasets.format import Dataset
from timeline.datasets.reading import read_dataset
from timeline.datasets.validator import validate

TINY = Path(__file__).parent / "tiny"
"""A timeline in which everything happens that can happen to a record. All of it is invented."""


class Folder:
    """A copy of a data set, and changes to its files."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def tiny(cls, parent: Path) -> "Folder":
        return cls(Path(shutil.copytree(TINY, parent / "tiny")))

    @classmethod
    def many(cls, parent: Path, count: int) -> "Folder":
        """A data set of many developments, every tenth of which was corrected later."""
        folder = cls(parent / "many")
        folder.write("timeline.yaml", "{title: Many, parties: [ferry]}")
        folder.write("entities/all.yaml", "- {id: ferry, name: Ferry, kind: organisation}")
        entries = [
            f"- {{id: remark-{n:04}, known: {2000 + n % 20}-01-{1 + n % 28:02}, occurred: {2000 + n % 20}, "
            f"kind: statement, standing: reported, title: Remark {n}, "
            f"detail: {{speaker: ferry, topic: tides, claim: the tide is {n}}}, "
            f"sources: [{{publisher: Gazette, title: Tides, url: 'https://gazette.example/{n}'}}]"
            + (
                f", then: [{{correction: new-information, known: {2001 + n % 20}-06, changes: {{summary: Corrected.}}}}]"
                if n % 10 == 0
                else ""
            )
            + "}"
            for n in range(count)
        ]
        folder.write("developments/all.yaml", "\n".join(entries))
        return folder

    def write(self, file: str, text: str) -> None:
        path = self.path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        """Replaces a text that stands there once."""
        text = (self.path / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def add(self, file: str, text: str) -> None:
        before = self.path / file
        self.write(file, (before.read_text(encoding="utf-8") if before.exists() else "") + text)

    def findings(self) -> tuple[Finding, ...]:
        return validate(read_dataset(self.path))

    def errors(self) -> list[str]:
        return [str(finding) for finding in self.findings() if finding.is_error]

    def warnings(self) -> list[str]:
        return [str(finding) for finding in self.findings() if not finding.is_error]

    def dataset(self) -> Dataset:
        return read_dataset(self.path).checked()
