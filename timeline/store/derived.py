"""The tables derived from the log: written in the transaction of the append, thrown away and rebuilt at will.

Whatever can change is kept as it stands *now*, at the newest revision; how it stood over earlier revisions lies in a
table of its own ending in `_past`. So questions about the present revision, nearly all there are, never wade
through what is over. Instants are microseconds since 1970; intervals of knowledge time, valid time and revisions are
half-open, bounds of dates are inclusive, floors are closed ranges of `timeline.standing.Floor`.

The boxes in which SQLite (R*Tree) and PostgreSQL (GiST) find regions cannot be modelled here, nor can the index of
words in which they (FTS5, GIN) find texts: see the migrations `0002_index` and `0003_search`.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from timeline.store.tables import Position, metadata

timelines = Table(
    "timelines",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("slug", Text, nullable=False, unique=True),
)

timeline_texts = Table(
    "timeline_texts",
    metadata,
    Column("timeline_id", ForeignKey("timelines.id"), nullable=False),
    Column("revision_from", BigInteger, nullable=False),
    Column("revision_until", BigInteger, nullable=False),
    Column("payload", Text, nullable=False),
    PrimaryKeyConstraint("timeline_id", "revision_from"),
)

timeline_log = Table(
    "timeline_log",
    metadata,
    Column("timeline_id", Integer, nullable=False),
    Column("position", BigInteger, nullable=False, comment="of an event of the timeline in the whole log"),
    Column("reach", BigInteger, nullable=False, comment="the latest known of all its events up to this one"),
    PrimaryKeyConstraint("timeline_id", "position"),
    sqlite_with_rowid=False,
)

entity_texts = Table(
    "entity_texts",
    metadata,
    Column("timeline_id", ForeignKey("timelines.id"), nullable=False),
    Column("entity", Text, nullable=False),
    Column("revision_from", BigInteger, nullable=False),
    Column("revision_until", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("payload", Text, nullable=False),
    PrimaryKeyConstraint("timeline_id", "entity", "revision_from"),
)

contents = Table(
    "contents",
    metadata,
    Column("id", Position, primary_key=True, autoincrement=False),
    Column("timeline_id", Integer, nullable=False),
    Column("development", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("occurred_earliest", BigInteger, nullable=False),
    Column("occurred_latest", BigInteger, nullable=False),
    Column("known_from", BigInteger, nullable=False),
    Column("known_until", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("known", Text, nullable=False, comment="of its version, as written"),
    Column("cause", Text, nullable=False, comment="what opened its version"),
    Column("position", BigInteger, nullable=False, comment="of the event that opened its version"),
    Column("touched", BigInteger, nullable=False, comment="the position of the event that wrote it"),
    Column("sources", Text, nullable=False),
    Column("body", Text, nullable=True, comment="its words, where the event that wrote it does not carry them"),
    Index("ix_contents_occurred", "timeline_id", "occurred_earliest", "development"),
    Index("ix_contents_development", "timeline_id", "development"),
)

contents_past = Table(
    "contents_past",
    metadata,
    Column("content_id", BigInteger, nullable=False),
    Column("known_from", BigInteger, nullable=False),
    Column("known_until", BigInteger, nullable=False),
    Column("revision_from", BigInteger, nullable=False),
    Column("revision_until", BigInteger, nullable=False),
    PrimaryKeyConstraint("content_id", "revision_from"),
)

content_entities = Table(
    "content_entities",
    metadata,
    Column("timeline_id", Integer, nullable=False),
    Column("entity", Text, nullable=False),
    Column("content_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("timeline_id", "entity", "content_id"),
    sqlite_with_rowid=False,
)

keys = Table(
    "keys",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("timeline_id", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("object", Text, nullable=False, comment="empty where the key has none"),
    Column("development", Text, nullable=False, comment="empty but for cardinality each"),
    Column("widest", BigInteger, nullable=False, comment="the longest span between the bounds of a since"),
    Column("denied", Boolean, nullable=False, comment="whether anything under this key was ever denied"),
    UniqueConstraint("timeline_id", "subject", "attribute", "object", "development"),
)

facts = Table(
    "facts",
    metadata,
    Column("id", Position, primary_key=True, autoincrement=False),
    Column("key_id", Integer, nullable=False),
    Column("content_id", BigInteger, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("since_earliest", BigInteger, nullable=False),
    Column("since_latest", BigInteger, nullable=False),
    Column("until_earliest", BigInteger, nullable=False),
    Column("until_latest", BigInteger, nullable=False),
    Column("standing", SmallInteger, nullable=False),
    Column("is_end", Boolean, nullable=False),
    Column("known_since", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("known_from", BigInteger, nullable=False),
    Column("known_until", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("rivalled", Boolean, nullable=False, comment="whether another fact of the key begins about then"),
    Column("payload", Text, nullable=False),
    Index("ix_facts_key", "key_id", "since_earliest"),
    Index("ix_facts_content", "content_id"),
)

facts_past = Table(
    "facts_past",
    metadata,
    Column("fact_id", BigInteger, nullable=False),
    Column("known_from", BigInteger, nullable=False),
    Column("known_until", BigInteger, nullable=False),
    Column("revision_from", BigInteger, nullable=False),
    Column("revision_until", BigInteger, nullable=False),
    PrimaryKeyConstraint("fact_id", "revision_from"),
)

regions = Table(
    "regions",
    metadata,
    Column("id", Position, primary_key=True, autoincrement=False),
    Column("key_id", Integer, nullable=False),
    Column("timeline_id", Integer, nullable=False),
    Column("fact_id", BigInteger, nullable=False, comment="0 where nobody has spoken"),
    Column("floor_from", SmallInteger, nullable=False),
    Column("floor_until", SmallInteger, nullable=False),
    Column("known_from", BigInteger, nullable=False),
    Column("known_until", BigInteger, nullable=False),
    Column("at_from", BigInteger, nullable=False),
    Column("at_until", BigInteger, nullable=False),
    Column("shown_until", BigInteger, nullable=False, comment="at_from where there is nothing to show"),
    Column("revision", BigInteger, nullable=False),
    Column("closed_by", BigInteger, nullable=False, comment="the revision at which known_until became known; or 0"),
    Index("ix_regions_key", "key_id", "at_from"),
)

regions_past = Table(
    "regions_past",
    metadata,
    Column("id", Position, primary_key=True, autoincrement=False),
    Column("timeline_id", Integer, nullable=False),
    Column("fact_id", BigInteger, nullable=False),
    Column("floor_from", SmallInteger, nullable=False),
    Column("floor_until", SmallInteger, nullable=False),
    Column("known_from", BigInteger, nullable=False),
    Column("known_until", BigInteger, nullable=False),
    Column("at_from", BigInteger, nullable=False),
    Column("shown_until", BigInteger, nullable=False),
    Column("revision_from", BigInteger, nullable=False),
    Column("revision_until", BigInteger, nullable=False),
    Column("closed_by", BigInteger, nullable=False, comment="as in regions"),
)

search_texts = Table(
    "search_texts",
    metadata,
    Column("content_id", Position, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("facts", Text, nullable=False, comment="sentence by sentence, in the order of their ordinals"),
    Column("summary", Text, nullable=False),
    Column("entities", Text, nullable=False),
    Column("sources", Text, nullable=False),
    Column("standings", Text, nullable=False, comment="a digit for the content, and one for each fact"),
    Column("last_published", BigInteger, nullable=False, comment="when the last of the sources appeared"),
)

projection_states = Table(
    "projection_states",
    metadata,
    Column("name", Text, nullable=False),
    Column("timeline", Text, nullable=False, comment="its slug"),
    Column("version", Integer, nullable=False, comment="of the projection"),
    Column("position", BigInteger, nullable=False, comment="of the last event of the log that is taken in"),
    Column("state", Text, nullable=False),
    Column("error", Text, nullable=True, comment="how the projection failed; null while it is kept"),
    PrimaryKeyConstraint("name", "timeline"),
)

DERIVED = (
    timelines,
    timeline_texts,
    timeline_log,
    entity_texts,
    contents,
    contents_past,
    content_entities,
    keys,
    facts,
    facts_past,
    regions,
    regions_past,
    search_texts,
    projection_states,
)
"""In the order in which they can be filled."""
