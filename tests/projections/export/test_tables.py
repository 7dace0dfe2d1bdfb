"""CSV and Parquet as pandas and DuckDB read them; NDJSON of facts as DuckDB does."""

from __future__ import annotations

import json
from decimal import Decimal

import duckdb
import pandas as pd
import pytest

from projections.export.formats import FORMATS
from projections.export.table import COLUMNS, Type
from tests.projections.export.conftest import HEAD, NASTY, NOTE, TITLE
from timeline.dates import format_instant
from timeline.errors import NotInstalled


@pytest.fixture
def facts(material_at):
    return material_at().state.facts


def asked(file, sql):
    reader = "read_csv" if file.suffix == ".csv" else "read_json" if file.suffix == ".ndjson" else "read_parquet"
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return connection.execute(sql.replace("FILE", f"{reader}('{file}')")).fetchall()


def as_text(file):
    return pd.read_csv(file, dtype=str, keep_default_na=False)


def test_a_csv_has_a_row_for_every_fact_in_the_order_of_the_state(exported, facts):
    table = as_text(exported("csv"))
    assert list(table.columns) == [column.name for column in COLUMNS]
    assert list(zip(table.attribute, table.subject, table.object, table.development, strict=True)) == [
        (fact.attribute, fact.subject, fact.object or "", fact.evidence.development) for fact in facts
    ]
    assert list(table.since) == [fact.since for fact in facts]
    assert set(table.revision) == {str(HEAD)}
    assert set(table["at"]) == {"2013-12-31T23:59:59.999999Z"}


def test_duckdb_counts_the_same_rows_in_all_three_files(exported, facts):
    for name in ("csv", "ndjson", "parquet"):
        assert asked(exported(name), "SELECT count(*) FROM FILE") == [(len(facts),)], name


def test_a_csv_is_written_as_rfc_4180_has_it(exported):
    written = exported("csv").read_bytes()
    assert not written.startswith(b"\xef\xbb\xbf")
    assert written.endswith(b"\r\n")
    assert written.startswith(b"timeline,at,known,revision,floor,")
    # inside quotes, a line feed of the record stays what it is
    assert written.count(b"\n") - written.count(b"\r\n") == written.count(b"then\nmore")


def test_no_text_of_a_csv_is_a_formula_and_no_number_is_touched(exported):
    table = as_text(exported("csv"))
    texts = [column.name for column in COLUMNS if column.type is Type.TEXT]
    assert not table[texts].melt().value.str.startswith(("=", "+", "-", "@", "\t", "\r")).any()
    row = table[(table.attribute == "legal_form") & (table.subject == "evil")].iloc[0]
    assert (row.value_text, row.value_note) == ("'-2+3\"", f"'{NOTE}")
    assert row.subject_name.startswith("'=cmd|")
    loss = table[table.attribute == "net_result"].iloc[0]
    assert loss.value_number == "-123456789012345678.0123456789"


def test_who_needs_the_text_as_recorded_takes_ndjson_or_parquet(exported):
    [(note,)] = asked(exported("parquet"), "SELECT value_note FROM FILE WHERE value_text = '-2+3\"'")
    assert note == NOTE
    lines = [json.loads(line) for line in exported("ndjson").read_bytes().splitlines()]
    assert NOTE in [line["value"].get("note") for line in lines]
    assert any(TITLE in line["text"] for line in lines)


def test_a_line_of_ndjson_is_the_fact_as_the_state_answers_it(exported, material_at):
    material = material_at("2010-10-01", "2010-10-01")
    body = material.state.as_json()
    lines = [json.loads(line) for line in exported("ndjson", "2010-10-01", "2010-10-01").read_bytes().splitlines()]
    expected = [
        {"timeline": "tiny", "basis": body["basis"], "section": name, **fact}
        for name, section in body["sections"].items()
        for fact in section["facts"]
    ]
    assert lines == expected
    assert any(line["contested_by"] for line in lines)


def test_parquet_has_types(exported):
    described = dict(row[:2] for row in asked(exported("parquet"), "DESCRIBE SELECT * FROM FILE"))
    assert described["value_number"] == "DECIMAL(28,10)"
    assert described["known_since"] == described["at"] == "TIMESTAMP WITH TIME ZONE"
    assert described["revision"] == "BIGINT"
    assert described["value_boolean"] == "BOOLEAN"
    assert described["sources"].startswith("STRUCT(publisher VARCHAR, title VARCHAR, url VARCHAR")


def test_decimals_and_instants_of_parquet_are_exact(exported, facts):
    file = exported("parquet")
    [(loss,)] = asked(file, "SELECT value_number FROM FILE WHERE attribute = 'net_result'")
    assert loss == Decimal("-123456789012345678.0123456789")
    table = pd.read_parquet(file)
    assert str(table.known_since.dtype) == "datetime64[us, UTC]"
    assert [moment.isoformat().replace("+00:00", "Z") for moment in table.known_since] == [
        format_instant(fact.known_since) for fact in facts
    ]
    decade = table[table.attribute == "net_result"].iloc[0]
    assert (decade.since, decade.since_earliest.year, decade.since_latest.year) == ("201X", 2010, 2019)


def test_the_sources_of_a_fact_are_structures_in_parquet_and_addresses_in_csv(exported):
    of_nasty = f"SELECT sources FROM FILE WHERE development = '{NASTY}' LIMIT 1"
    [([source],)] = asked(exported("parquet"), of_nasty)
    assert (source["publisher"], source["url"]) == ("O'Neill & <Sons>", "https://o.example/?a=1&b=2,3")
    assert asked(exported("csv"), of_nasty) == [("https://o.example/?a=1&b=2,3",)]


def test_sql_over_the_file_answers_what_the_state_does(exported):
    """Who invested, and how much at least, as known at the end of 2011."""
    sums = "SELECT subject, sum(coalesce(value_number, value_low)) FROM FILE WHERE attribute = 'investment' GROUP BY ALL ORDER BY ALL"
    assert asked(exported("parquet", "2011", "2011"), sums) == [
        ("northwind", Decimal(16_500_000)),
        ("quayside", Decimal(25_000_000)),
    ]


def test_the_same_basis_gives_the_same_bytes(exported):
    for name in FORMATS:
        assert exported(name).read_bytes() == exported(name).read_bytes(), name


def test_without_pyarrow_the_problem_names_the_remedy(material_at, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(NotInstalled, match=r"timeline-service\[parquet\]"):
        list(FORMATS["parquet"].chunks(material_at()))
