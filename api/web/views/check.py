"""The fact check of a draft: each sentence with its verdict. What is pasted is neither kept nor logged."""

from collections import Counter
from typing import Final
from urllib.parse import parse_qsl

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.context import Context, context_of
from api.parameters import TimelineSlug
from api.web.asked_basis import CLOCKS, AskedBasis, BasisParameters
from api.web.frame import Frame
from api.web.page_route import PageRoute, tidied
from api.web.rendering import page
from api.web.verdicts import told
from projections.check.checker import LONGEST_TEXT
from timeline.errors import InvalidInput

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_MOST_FIELDS: Final = 20


@router.get("/t/{timeline}/check")
def show_check(
    request: Request,
    timeline: TimelineSlug,
    asked: BasisParameters,
) -> Response:
    """The form to paste a draft into."""
    return _answered(request, context_of(request), timeline, "", asked)


@router.post("/t/{timeline}/check")
async def check_draft(request: Request, timeline: TimelineSlug) -> Response:
    """Each sentence of a draft with its verdict, why, who says so, and when it did hold."""
    context = context_of(request)
    fields = _fields(await request.body())
    # the checking waits for the database: not on the loop that serves everybody
    return await run_in_threadpool(_answered, request, context, timeline, fields.get("text", ""), AskedBasis.of(fields))


def _answered(request: Request, context: Context, timeline: str, text: str, asked: AskedBasis) -> Response:
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(
            f"the draft has {len(text):,} characters.",
            field="text",
            remedy=f"Paste at most {LONGEST_TEXT:,} at once, such as chapter by chapter.",
        )
    with context.service.archive.snapshot() as snapshot:
        frame = Frame.of(snapshot, timeline, asked)
        checked = context.checker.check_text(snapshot, timeline, text, frame.basis) if text else ()
        found, notes = told(checked)
        return page(
            request,
            context,
            "check.html",
            is_private=request.method == "POST",
            frame=frame,
            text=text,
            sentences=found,
            notes=notes,
            tally=Counter(one.verdict for one in found).most_common(),
            was_sent=request.method == "POST",
            longest=LONGEST_TEXT,
        )


def _fields(body: bytes) -> dict[str, str]:
    """The fields of the form, dates as queries have them.

    Raises:
        InvalidInput: the form holds no text that can be read.
    """
    try:
        sent = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise InvalidInput(
            "the form cannot be read.", field="text", remedy="Send it from the page, as UTF-8 in form encoding."
        ) from None
    fields = {name: value for name, value in tidied([item for item in sent if item[0] != "text"]) if name in CLOCKS}
    text = dict(sent).get("text", "")
    if "\x00" in text:
        raise InvalidInput("the draft holds a null character.", field="text", remedy="Take it out.")
    return {**fields, "text": text.strip()}
