"""Does `loyaldesk demo create` make a company, and refuse to mix it with another?"""

from __future__ import annotations

import argparse
import json

import pytest

from loyaldesk.cli import demo
from loyaldesk.cli.context import Context
from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.errors import Refused


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "00" * 32)

    def run_command(*arguments):
        parser = argparse.ArgumentParser()
        demo.add_parser(parser.add_subparsers())
        args = parser.parse_args(["demo", "create", *arguments])
        with Context(profile=str(tmp_path), wants_json=True) as context:
            return args.run(args, context)

    return run_command


def test_without_a_number_the_written_company_is_made(run, capsys):
    assert run() == 0
    assert json.loads(capsys.readouterr().out)["customers"] == 340


def test_with_numbers_a_company_of_that_size_is_made(run, capsys):
    assert run("--customers", "30", "--orders", "60", "--seed", "2") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["orders"] == 60
    assert "order line: " in printed.err


def test_a_second_company_is_refused(run):
    run("--customers", "3")
    with pytest.raises(Refused, match="already holds customers"):
        run()


def test_orders_without_customers_are_refused(run):
    with pytest.raises(Refused, match="--customers"):
        run("--orders", "5")
