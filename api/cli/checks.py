"""`timeline check`: is it right, was it ever right, who said so; for a sentence or a draft, read at a terminal."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from api.cli import check_page
from api.cli.opening import described, opened_for_reading
from api.cli.options import (
    AsJson,
    AtOption,
    Database,
    KnownOption,
    RevisionOption,
    StandingOption,
    TimelineName,
    console,
)
from projections.check.answer import Checked
from projections.check.checker import LONGEST_TEXT, CheckedSentence, Checker
from projections.check.claimreview import claim_review
from projections.check.judgement import Verdict
from timeline.errors import InvalidInput

WRONG: Final = frozenset(
    {Verdict.CONTRADICTED, Verdict.BELIEVED_THEN_CORRECTED, Verdict.WAS_TRUE, Verdict.NOT_YET_TRUE}
)
"""Verdicts on sentences that are not right as they stand: they end the command with exit code 1."""


def check(  # noqa: PLR0913 - Typer takes options one by one
    timeline: TimelineName,
    sentence: Annotated[str | None, typer.Argument(metavar="[SENTENCE]", help="What is to be checked.")] = None,
    *,
    file: Annotated[
        Path | None, typer.Option(metavar="PATH", help="A draft: each of its sentences is checked; - reads the input.")
    ] = None,
    at: AtOption = None,
    known: KnownOption = None,
    revision: RevisionOption = None,
    standing: StandingOption = "reported",
    review: Annotated[
        bool, typer.Option("--claim-review", help="With --json: add each answer as ClaimReview of schema.org.")
    ] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Check a sentence, or every sentence of a draft, against the record."""
    if (sentence is None) == (file is None):
        raise typer.BadParameter("give a sentence in quotes, or --file with a draft; one of the two")
    draft = _draft(file) if file is not None else _sized(sentence or "", "sentence")
    with opened_for_reading(database) as service, service.archive.snapshot() as snapshot:
        title = described(snapshot, timeline).title
        basis = snapshot.basis(at, known, revision, standing)
        checker = Checker()
        if file is None:
            checked = checker.check_sentence(snapshot, timeline, draft, basis)
            verdicts = [checked.verdict]
            body = _verdict(checked, title, review=review)
            page = check_page.verdict(checked)
        else:
            found = checker.check_text(snapshot, timeline, draft, basis)
            verdicts = [one.checked.verdict for one in found]
            body = {"items": [_item(one, title, review=review) for one in found]}
            page = check_page.draft(found)
    if as_json:
        typer.echo(json.dumps({**body, "timeline": timeline, "basis": basis.as_json()}, indent=2, ensure_ascii=False))
    else:
        console().print(check_page.page(title, basis, page), crop=False)
    if WRONG.intersection(verdicts):
        raise typer.Exit(1)


def _draft(file: Path) -> str:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) and error.strerror else "it is not text in UTF-8"
        raise InvalidInput(f'"{file}" cannot be read: {told}.', field="file", remedy="Name a file of text.") from None
    return _sized(text, "file")


def _sized(text: str, field: str) -> str:
    if not text.strip():
        raise InvalidInput("there is nothing in it.", field=field, remedy="Write what is to be checked.")
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(
            f"it has {len(text):,} characters.",
            field=field,
            remedy=f"Give at most {LONGEST_TEXT:,} at once, such as chapter by chapter.",
        )
    return text


def _item(one: CheckedSentence, title: str, *, review: bool) -> dict[str, Any]:
    return {"start": one.sentence.start, "end": one.sentence.end, **_verdict(one.checked, title, review=review)}


def _verdict(checked: Checked, title: str, *, review: bool) -> dict[str, Any]:
    body = checked.as_json()
    return {**body, "review": claim_review(checked, title=title)} if review else body
