"""The customers of the demo that were written by hand, from their data files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import Money
from loyaldesk.models import Address, Contact, CreditStatus, Customer, CustomerStatus, OrderStatus
from loyaldesk.operations.demo.catalogue import read_table
from loyaldesk.operations.demo.history import Habits, add_history
from loyaldesk.operations.demo.paying import (
    close_if_paid,
    pay_invoice,
    receive_money,
    settle_with_credit,
)
from loyaldesk.operations.demo.selling import Wish, bill_order, credit_goods, place_order
from loyaldesk.operations.demo.talking import add_talk

if TYPE_CHECKING:
    from random import Random

    from loyaldesk.operations.demo.books import Books, Calendar, Row

__all__ = ["add_cast"]

_FILES = ("cast-german", "cast-abroad")
_PARTS = ("people", "addresses", "history", "orders", "bills", "credits", "payments", "talks")
_STEPS = ("acknowledged", "released", "shipped", "invoiced", "followed_up")

Entry = Mapping[str, Any]


def add_cast(books: Books, calendar: Calendar, chance: Random) -> None:
    """Add every customer of the data files with all that happened."""
    numbers: dict[str, Row] = {}
    for entry in (entry for name in _FILES for entry in read_table(name)["customer"]):
        member = _Member(books, calendar, entry, numbers)
        numbers[entry["number"]] = member.customer
        member.take_orders()
        member.send_bills()
        member.give_credit()
        member.talk()
        if "history" in entry:
            member.live(chance, Habits(**entry["history"]))


class _Member:
    """One customer of the cast and its part."""

    def __init__(
        self, books: Books, calendar: Calendar, entry: Entry, known: Mapping[str, Row]
    ) -> None:
        self._books = books
        self._day = calendar.day
        self._calendar = calendar
        self._entry = entry
        self.customer = self._add_customer(known)
        self._people = [self._add_person(at, who) for at, who in enumerate(entry["people"])]
        self._places = [self._add_place(place) for place in entry["addresses"]]
        self._orders: dict[str, Row] = {}
        self._bills: dict[str, Row] = {}

    def take_orders(self) -> None:
        """Add the orders that are still open."""
        for entry in self._entry.get("orders", ()):
            head = {f"{step}_on": self._day(entry[step]) for step in _STEPS if step in entry}
            plain = ("number", "customer_po", "channel", "delivery_terms", "ship_via", "notes")
            head |= {name: entry[name] for name in plain if name in entry}
            placed = place_order(
                self._books,
                self.customer,
                [self._wish(line) for line in entry["lines"]],
                freight=entry.get("freight", "0"),
                contact_id=self._person(entry.get("by"))["id"],
                status=OrderStatus(entry["status"]),
                hold_reason=entry.get("hold", ""),
                ordered_on=self._day(entry["ordered"]),
                customer_po_on=self._day(entry["ordered"]),
                salesperson=entry.get("salesperson", self.customer["account_manager"]),
                **self._ship_to(),
                **head,
            )
            self._orders[entry["number"]] = placed.order

    def send_bills(self) -> None:
        """Add the orders that were delivered and billed, and what was paid on them."""
        for entry in self._entry.get("bills", ()):
            invoiced = entry["on"]
            shipped = self._day(invoiced - 1)
            wishes = [
                Wish(item=item, quantity=quantity, requested=shipped, promised=shipped,
                     shipped=shipped)
                for item, quantity in entry["lines"]
            ]  # fmt: skip
            placed = place_order(
                self._books, self.customer, wishes, freight=entry.get("freight", "0"),
                contact_id=self._people[0]["id"], customer_po=entry["customer_po"],
                ordered_on=self._day(invoiced - 9), acknowledged_on=self._day(invoiced - 8),
                released_on=self._day(invoiced - 5), shipped_on=shipped, channel="e-mail",
                salesperson=self.customer["account_manager"], **self._ship_to(),
            )  # fmt: skip
            invoice = bill_order(
                self._books, placed, number=entry["number"], invoiced_on=self._day(invoiced)
            )
            self._pay(invoice, entry.get("paid"))
            self._dispute(invoice, entry.get("disputed"))
            close_if_paid(placed.order, invoice)
            self._bills[entry["number"]] = invoice

    def give_credit(self) -> None:
        """Add credit notes and payments that settle nothing, or what they name."""
        for entry in self._entry.get("credits", ()):
            wishes = [Wish(item=item, quantity=quantity) for item, quantity in entry["lines"]]
            day = self._day(entry["on"])
            note = credit_goods(self._books, self.customer, wishes, number=entry["number"], day=day)
            if "settles" in entry:
                settle_with_credit(self._books, self._bills[entry["settles"]], note, day=day)
        for entry in self._entry.get("payments", ()):
            amount = Money.of(entry["amount"], self.customer["currency"]).minor
            receive_money(
                self._books, self.customer["id"], self.customer["currency"], amount,
                day=self._day(entry["on"]), method=entry["method"], reference=entry["reference"],
            )  # fmt: skip

    def talk(self) -> None:
        """Add the calls, e-mails, visits and notes."""
        for entry in self._entry.get("talks", ()):
            order = self._orders.get(entry.get("order", ""))
            add_talk(
                self._books, self.customer, entry["kind"], day=self._day(entry["on"]),
                at=entry["at"], subject=entry["subject"], body=entry["body"],
                topic=entry["topic"], author=entry["by"],
                contact_id=self._person(entry["with"])["id"] if "with" in entry else None,
                order_id=order["id"] if order else None,
            )  # fmt: skip

    def live(self, chance: Random, habits: Habits) -> None:
        """Add what chance decides: the past year's orders."""
        add_history(
            self._books, self._calendar, chance,
            customer=self.customer, contact=self._people[0], habits=habits,
        )  # fmt: skip

    def _add_customer(self, known: Mapping[str, Row]) -> Row:
        own = {name: value for name, value in self._entry.items() if name not in _PARTS}
        parent, since = own.pop("parent", None), own.pop("since", None)
        paused = own.pop("paused", None)
        limit, currency = own.pop("credit_limit", None), own.get("currency", "EUR")
        first_day = self._calendar.today.replace(month=1, day=2, year=since) if since else None
        own["credit_status"] = CreditStatus(own.get("credit_status", "good"))
        own["status"] = CustomerStatus(own.get("status", "active"))
        return self._books.add(
            Customer,
            parent_id=known[parent]["id"] if parent else None,
            credit_limit_minor=Money.of(limit, currency).minor if limit else None,
            customer_since=first_day,
            town=self._entry["addresses"][0]["town"],
            dunning_paused_until=self._day(paused["until"]) if paused else None,
            dunning_pause_reason=paused["reason"] if paused else "",
            **own,
        )

    def _add_person(self, position: int, person: Entry) -> Row:
        return self._books.add(
            Contact, customer_id=self.customer["id"], is_primary=position == 0, **person
        )

    def _add_place(self, place: Entry) -> Row:
        country = self.customer["country"]
        return self._books.add(Address, customer_id=self.customer["id"], country=country, **place)

    def _person(self, family_name: str | None) -> Row:
        named = (row for row in self._people if row["family_name"] == family_name)
        return next(named, self._people[0])

    def _ship_to(self) -> Row:
        place = self._places[-1]
        return {
            "ship_recipient": ", ".join(filter(None, (self.customer["name"], place["extra"]))),
            **{f"ship_{name}": place[name]
               for name in ("street", "postcode", "town", "region", "country")},
        }  # fmt: skip

    def _wish(self, line: Entry) -> Wish:
        days = {name: self._day(line[name])
                for name in ("requested", "promised", "shipped") if name in line}  # fmt: skip
        return Wish(**{**line, **days})

    def _pay(self, invoice: Row, paid: Entry | None) -> None:
        if paid:
            leaving = Money.of(paid.get("leaving", "0"), invoice["currency"]).minor
            amount = invoice["open_minor"] - leaving
            pay_invoice(
                self._books, invoice, amount, day=self._day(paid["on"]), method=paid["method"]
            )

    def _dispute(self, invoice: Row, dispute: Entry | None) -> None:
        if dispute:
            invoice.update(
                disputed_on=self._day(dispute["on"]),
                dispute_reason=dispute["reason"],
                dispute_case=dispute["case"],
            )
