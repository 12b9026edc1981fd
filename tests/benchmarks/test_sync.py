"""Do the benchmarks of sync measure what they say, on a whole company and its hub?"""

from __future__ import annotations

import pytest

from benchmarks.__main__ import main
from benchmarks.areas import AREAS
from benchmarks.sync_data import (
    bring_in_step,
    desk_at,
    make_company,
    make_hub,
    new_hub,
    update_rows,
)
from benchmarks.sync_delta import take_in


@pytest.fixture
def hub(tmp_path):
    company = make_company(tmp_path / "company", 40)
    made = make_hub(new_hub(f"sqlite:///{tmp_path / 'hub.db'}"), company)
    company.close()
    yield made
    made.store.close()


@pytest.fixture
def desk(tmp_path, hub):
    store = desk_at(tmp_path / "desk", "desk")
    bring_in_step(store, hub)
    yield store
    store.close()


def test_a_desk_in_step_has_every_record_of_the_company(hub, desk):
    with desk.reader() as reader:
        assert reader.value("SELECT count(*) FROM membership") == hub.rows
        assert reader.value("SELECT count(*) FROM customer") == 40


def test_rows_that_were_changed_come_in_and_nothing_else(hub, desk):
    changed = update_rows(hub, 70, "Round 1")
    spent, received = take_in(desk, hub)

    assert received == changed == 70
    assert spent > 0
    with desk.reader() as reader:
        assert reader.value("SELECT count(*) FROM customer WHERE notes = 'Round 1'") == 10
    assert not bring_in_step(desk, hub).has_moved


def test_customers_are_spread_evenly_over_territories(tmp_path):
    company = make_company(tmp_path / "company", 40)
    made = make_hub(new_hub(f"sqlite:///{tmp_path / 'spread.db'}"), company, territories=8)
    with made.store.snapshot("look") as tx:
        heads = tx.rows("SELECT bucket FROM bucket_head WHERE bucket LIKE 'acct:%'")
    company.close()
    made.store.close()
    assert len(heads) == 8


def test_an_area_that_is_none_is_told_with_those_there_are(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["synk"])

    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert all(area in told for area in AREAS)
