import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from projections.service import Service, opened
from tests.beginnings import with_tiny
from tests.timeline.datasets.folders import Folder
from timeline.datasets.findings import InvalidDataset
from timeline.datasets.loader import Item, load, record_all
from timeline.datasets.reconciling import NOTE
from timeline.dates import parse_date
from timeline.entities import Entity, EntityKind
from timeline.errors import StaleVersion, UndescribedEntity
from timeline.events import Reason, RetractionReason
from timeline.settings import Settings
from timeline.sources import Source

ROOT = Path(__file__).resolve().parents[3]
EARLY, LATE = "developments/2010.yaml", "developments/2011.yaml"
INVESTMENT = "2010-03-01-first-investment"


@pytest.fixture
def service(database_url):
    with opened(Settings(database_url=database_url)) as service:
        yield service


@pytest.fixture
def holding(copy_of):
    """The service, once the tiny timeline is loaded."""
    with opened(Settings(database_url=copy_of(with_tiny))) as service:
        yield service


def log(service: Service, after: int = 0) -> list[Any]:
    record = service.record
    notifications = record.recorder.select_notifications(after + 1, 100_000)
    return [record.mapper.to_domain_event(notification) for notification in notifications]


def told(service: Service, after: int = 0) -> list[tuple[str, str]]:
    return [(event.name, getattr(event, "slug", "")) for event in log(service, after)]


def load_again(service: Service, folder: Folder) -> list[Any]:
    """The events that a load adds; the same load once more adds none."""
    before = len(log(service))
    load(service.record, folder.dataset())
    added = log(service, before)
    assert load(service.record, folder.dataset()).events == 0
    return added


def sentences(service: Service, **basis: Any) -> list[str]:
    return [fact.text for fact in service.archive.state("tiny", **basis).facts]


def test_an_empty_record_takes_in_everything(service, tiny):
    loaded = load(service.record, tiny.dataset())
    assert (loaded.entities, loaded.developments, loaded.later_events, loaded.unchanged) == (13, 11, 10, 0)
    assert loaded.events == loaded.revision == len(log(service)) == 35
    assert "Northwind Ferries invested €11.5 million in cash in Tidewater Yard" in sentences(service)


def test_the_log_follows_what_became_known_when(holding):
    known = [event.known.latest for event in log(holding)[14:] if event.known and event.name != "SourceAdded"]
    mend = parse_date("2011-06-16").latest  # the clerical correction of a known follows what it mends
    assert [instant for instant in known if instant != mend] == sorted(instant for instant in known if instant != mend)


def test_the_same_again_adds_no_event(service, tiny):
    load(service.record, tiny.dataset())
    loaded = load(service.record, tiny.dataset())
    assert (loaded.events, loaded.unchanged, loaded.kept, loaded.revision) == (0, 11, [], 35)


def test_a_timeline_is_described_anew_if_it_changed(holding, tiny):
    tiny.change("timeline.yaml", "Northwind Ferries and Tidewater Yard", "Northwind and Tidewater")
    (event,) = load_again(holding, tiny)
    assert (event.name, event.title) == ("TimelineDescribed", "Northwind and Tidewater")


def test_an_entity_is_described_if_it_is_new_or_changed(holding, tiny):
    tiny.change("entities/parties.yaml", "name: Bela Krog", "name: Béla Krog")
    tiny.add("entities/more.yaml", "- {id: ferry-two, name: Ferry Two, kind: product}\n")
    assert [(event.name, event.entity.id) for event in load_again(holding, tiny)] == [
        ("EntityDescribed", "ferry-two"),
        ("EntityDescribed", "bela-krog"),
    ]


def test_a_new_development_is_recorded_with_what_happened_to_it(holding, tiny):
    tiny.add(
        LATE,
        "- {id: new, known: 2009, occurred: 2009, kind: statement, standing: reported, title: New, "
        "detail: {speaker: tidewater, topic: tides, claim: the tide is high}, "
        "sources: [{publisher: P, title: T, url: 'https://p.example/1', kind: primary}], then: [{standing: confirmed, known: 2010}]}\n",
    )
    load(holding.record, tiny.dataset())
    assert told(holding, after=35) == [("DevelopmentRecorded", "new"), ("StandingChanged", "new")]


def test_a_changed_record_becomes_a_clerical_correction_of_its_first_version(holding, tiny):
    tiny.change(LATE, "damages_sought: {money: 250 thousand EUR}", "damages_sought: {money: 270 thousand EUR}")
    (event,) = load_again(holding, tiny)
    assert (event.name, event.reason, event.version, event.note) == (
        "DevelopmentCorrected",
        Reason.CLERICAL,
        1,
        "The docket was public at once.",
    )
    assert "The plaintiffs in Krog v. Tidewater Yard seek €270,000" in sentences(holding, known="2011-06-20")


def test_a_change_that_no_entry_explains_says_where_it_comes_from(holding, tiny):
    tiny.change(LATE, "title: The port office reviews the stake", "title: The port office looks at the stake")
    (event,) = load_again(holding, tiny)
    assert (event.note, event.content.title) == (NOTE, "The port office looks at the stake")


def test_a_changed_record_changes_every_version_that_rests_on_it(holding, tiny):
    tiny.change(EARLY, "title: Northwind puts money into Tidewater", "title: Northwind invests in Tidewater")
    events = load_again(holding, tiny)
    assert [event.version for event in events] == [1, 2, 3]
    assert {event.content.title for event in events} == {"Northwind invests in Tidewater"}


def test_a_changed_entry_becomes_a_clerical_correction_of_the_version_it_opened(holding, tiny):
    tiny.change(EARLY, "money: 11.5 million EUR", "money: 11.25 million EUR")
    (event,) = load_again(holding, tiny)
    assert (event.reason, event.version, event.content.detail.money.amount) == (Reason.CLERICAL, 3, 11_250_000)


def test_a_changed_known_is_mended_at_the_version_itself(holding, tiny):
    tiny.change(EARLY, "known: 2010-04-10", "known: 2010-04-12")
    (event,) = load_again(holding, tiny)
    assert (event.reason, event.version, str(event.known)) == (Reason.CLERICAL, 2, "2010-04-12")


def test_a_change_taken_back_is_corrected_back(holding, tiny):
    tiny.change(LATE, "title: The port office reviews the stake", "title: The port office looks at the stake")
    load(holding.record, tiny.dataset())
    tiny.change(LATE, "title: The port office looks at the stake", "title: The port office reviews the stake")
    (event,) = load_again(holding, tiny)
    assert event.content.title == "The port office reviews the stake"


def test_a_further_entry_is_appended(service, tiny):
    tiny.change(
        LATE, "founder-out, published: 2011-02-11, kind: press", "founder-out, published: 2011-02-11, kind: primary"
    )
    load(service.record, tiny.dataset())
    tiny.change(
        LATE,
        "      note: The yard says so itself.\n",
        "      note: The yard says so itself.\n    - retraction: withdrawn\n      known: 2011-03-01\n      note: He stays.\n",
    )
    tiny.change(
        LATE,
        "    - source: {known: 2011-02-12, publisher: Tidewater Yard, title: Change of leadership, "
        "url: https://tidewater.example/leadership, published: 2011-02-12, kind: primary}\n",
        "",
    )
    events = load(service.record, tiny.dataset())
    assert told(service, after=35) == [("DevelopmentRetracted", "2011-02-11-holm-leaves")]
    assert events.kept == ["2011-02-11-holm-leaves"]  # an entry that is taken out takes nothing back


def test_an_entry_can_be_put_in_between(holding, tiny):
    tiny.change(
        EARLY,
        "    - correction: new-information\n",
        "    - {standing: alleged, known: 2010-05-01}\n    - correction: new-information\n",
    )
    assert [(event.name, event.slug) for event in load_again(holding, tiny)] == [
        ("StandingChanged", INVESTMENT),
        # the annual report, added with a known after it, now adds to what was alleged by then
        ("DevelopmentCorrected", INVESTMENT),
    ]
    texts = holding.archive.state("tiny", at="2010-05-10", known="2010-05-10", standing="alleged").facts
    assert [fact.standing for fact in texts if fact.attribute == "investment"] == ["alleged"]


def test_a_clerical_entry_added_later_corrects_under_its_own_note(holding, tiny):
    tiny.change(
        EARLY,
        "      changes: {occurred: 2010-03-01}\n",
        "      changes: {occurred: 2010-03-01}\n    - correction: clerical\n      note: A slip of the pen.\n"
        "      changes: {title: Cato Lind joins the board}\n",
    )
    (event,) = load_again(holding, tiny)
    assert (event.version, event.note, event.content.title) == (2, "A slip of the pen.", "Cato Lind joins the board")


def test_a_clerical_retraction_added_later_takes_the_development_away(holding, tiny):
    tiny.change(
        LATE,
        "  sources:\n    - {publisher: Port Office, title: Notice 7, url: https://port.example/7, published: 2011-08-01, kind: regulator}\n",
        "  sources:\n    - {publisher: Port Office, title: Notice 7, url: https://port.example/7, published: 2011-08-01, kind: regulator}\n"
        "  then: [{retraction: clerical, note: Another port.}]\n",
    )
    (event,) = load_again(holding, tiny)
    assert (event.reason, event.note) == (RetractionReason.CLERICAL, "Another port.")
    assert holding.archive.state("tiny").sections["regulatory"] == ()


def test_what_others_have_corrected_stays(holding, tiny):
    slug = "2011-08-01-review-opened"
    content = holding.record.development("tiny", slug).versions[0].content
    better = content.model_copy(update={"title": "Better put"})
    holding.record.correct("tiny", slug, reason=Reason.CLERICAL, content=better, note="by hand")
    loaded = load(holding.record, tiny.dataset())
    assert (loaded.events, loaded.kept) == (0, [slug])
    assert holding.record.development("tiny", slug).versions[0].content == better


def test_what_others_have_added_stays_beside_what_is_new(holding, tiny):
    slug = "2011-10-01-quayside-round"
    source = Source(publisher="P", title="T", url="https://p.example/2", published=parse_date("2011-10-10"))
    holding.record.add_source("tiny", slug, source=source)
    tiny.change(LATE, "title: Quayside leads a round", "title: Quayside leads the round")
    loaded = load(holding.record, tiny.dataset())
    assert told(holding, after=36) == [("DevelopmentCorrected", slug)]
    assert loaded.kept == [slug]
    assert load(holding.record, tiny.dataset()).events == 0


def test_a_data_set_with_errors_adds_nothing(service, tiny):
    dataset = tiny.dataset()
    tiny.change(EARLY, "chair: ada-holm", "chair: ada-hol")
    with pytest.raises(InvalidDataset, match='nobody has described the entity "ada-hol"'):
        load(service.record, tiny.dataset())
    assert log(service) == []
    assert load(service.record, dataset).events == 35


def test_progress_is_told_batch_by_batch(service, tiny):
    steps: list[tuple[int, int]] = []
    load(service.record, tiny.dataset(), batch=10, on_progress=lambda done, total: steps.append((done, total)))
    assert steps == [(10, 14), (14, 14), (24, 35), (34, 35), (35, 35)]


def without_recording_time(events: list[Any]) -> list[Any]:
    return [event.model_copy(update={"recorded_at": ""}) for event in events]


def test_a_killed_load_leaves_whole_batches_and_is_completed_by_the_next(database_url, tmp_path):
    folder, batch = Folder.many(tmp_path, 300), 25
    command = [sys.executable, "-m", "tests.timeline.datasets.killed", database_url, str(folder.path), str(batch)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        while int(child.stdout.readline().split()[0]) < 2 + 2 * batch:
            pass
        child.kill()
    assert child.returncode == -9
    with opened(Settings(database_url=database_url)) as service:
        left = log(service)
        assert 2 * batch <= len(left) - 2 < 330  # the timeline and its entity come first, in a batch of their own
        assert (len(left) - 2) % batch == 0
        loaded = load(service.record, folder.dataset())
        assert loaded.events == 332 - len(left)
        completed = log(service)
        facts = service.archive.state("many", at="2020", known="2020").as_json()
    undisturbed = f"sqlite:///{tmp_path / 'undisturbed.db'}"
    subprocess.run(
        [sys.executable, "-m", "api.cli", "load", str(folder.path), "--database", undisturbed], cwd=ROOT, check=True
    )
    with opened(Settings(database_url=undisturbed)) as service:
        assert without_recording_time(completed) == without_recording_time(log(service))
        assert facts == service.archive.state("many", at="2020", known="2020").as_json()


def test_two_that_load_at_once_load_everything_once(empty_database_url, tmp_path):
    folder = Folder.many(tmp_path, 200)
    command = [sys.executable, "-m", "api.cli", "load", str(folder.path), "--database", empty_database_url]
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    children = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(2)]
    assert [child.wait(timeout=120) for child in children] == [0, 0]
    with opened(Settings(database_url=empty_database_url)) as service:
        assert len(log(service)) == 222


def items(count: int, *, of: Folder) -> list[Item]:
    return [Item(record.slug, record.known, record.content) for record in of.dataset().developments[:count]]


def test_many_new_developments_are_recorded_in_bulk(service, tmp_path):
    record = service.record
    steps: list[int] = []
    record.open_timeline("many", title="Many")
    record.describe_entity("many", Entity(id="ferry", name="Ferry", kind=EntityKind.ORGANISATION))
    new = items(1200, of=Folder.many(tmp_path, 1200))
    assert record_all(record, "many", iter(new), on_progress=steps.append) == 1200
    assert steps == [1000, 1200]
    assert [event.slug for event in log(service, after=2)] == [item.slug for item in new]
    with pytest.raises(StaleVersion):
        record_all(record, "many", new[:1])


def test_in_bulk_every_development_is_checked(service, tmp_path):
    service.record.open_timeline("many", title="Many")
    with pytest.raises(UndescribedEntity, match='"ferry"'):
        record_all(service.record, "many", items(1, of=Folder.many(tmp_path, 1)))
    assert told(service, after=1) == []
