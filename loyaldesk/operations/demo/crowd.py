"""The other customers of the demo: made from lists of names and places, the same every time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.text import fold
from loyaldesk.models import Address, Contact, CreditStatus, Customer, CustomerStatus
from loyaldesk.operations.demo.catalogue import read_table
from loyaldesk.operations.demo.history import Habits, add_history
from loyaldesk.operations.demo.talking import add_talk

if TYPE_CHECKING:
    from random import Random

    from loyaldesk.operations.demo.books import Books, Calendar, Row

__all__ = ["add_crowd"]

_FIRST_NUMBER = 10001
_DAYS_LATE = (-12, -5, -2, 0, 0, 1, 2, 3, 5, 8, 14, 27)

Country = Mapping[str, Any]


def add_crowd(books: Books, calendar: Calendar, chance: Random, *, until: int) -> None:
    """Add customers by chance until there are that many in all."""
    maker = _Maker(books, calendar, chance)
    numbers = _free_numbers(books)
    names = {row["name"] for row in books.rows(Customer)}
    while len(books.rows(Customer)) < until:
        country = maker.choose_country()
        name = maker.make_name(country)
        if name not in names:
            names.add(name)
            maker.add_customer(country, name, next(numbers))


def _free_numbers(books: Books) -> Iterator[str]:
    taken = {row["number"] for row in books.rows(Customer)}
    return (str(number) for number in range(_FIRST_NUMBER, 100_000) if str(number) not in taken)


class _Maker:
    """Draws customers, their people and what happened with them."""

    def __init__(self, books: Books, calendar: Calendar, chance: Random) -> None:
        self._books = books
        self._calendar = calendar
        self._chance = chance
        self._parts = read_table("crowd")
        self._staff = read_table("company")["staff"]

    def choose_country(self) -> Country:
        """Return a country, the home market most often."""
        countries: list[Country] = self._parts["country"]
        weights = [country["weight"] for country in countries]
        return self._chance.choices(countries, weights)[0]

    def make_name(self, country: Country) -> str:
        """Return the name of a company as it is usual in that country."""
        pattern: str = self._chance.choice(country["patterns"])
        return pattern.format(
            family=self._chance.choice(country["families"]),
            town=self._chance.choice(country["towns"])[0],
            trade=self._chance.choice(country["trades"]),
        )

    def add_customer(self, country: Country, name: str, number: str) -> None:
        """Add the customer with one or two people, a place, a year of orders and some talks."""
        chance = self._chance
        town, postcode = chance.choice(country["towns"])
        domain = "".join(c for c in fold(name) if c.isalnum())[:24]
        area = str(chance.randint(20, 99))
        customer = self._books.add(
            Customer,
            number=number,
            name=name,
            town=town,
            email=f"info@{domain}.example",
            phone=self._phone(country, area),
            **self._standing(country),
        )
        people = [self._add_person(country, customer, domain, area, first=at == 0)
                  for at in range(chance.choice((1, 1, 2)))]  # fmt: skip
        self._add_place(country, customer, town, postcode)
        if customer["status"] is CustomerStatus.ACTIVE:
            add_history(
                self._books, self._calendar, chance,
                customer=customer, contact=people[0], habits=self._habits(),
            )  # fmt: skip
        self._talk(customer, people)

    def _standing(self, country: Country) -> Row:
        chance = self._chance
        credit = chance.choices(list(CreditStatus), (94, 4, 2))[0]
        status = chance.choices(list(CustomerStatus), (6, 90, 4))[0]
        year = self._calendar.today.year - chance.randint(1, 16)
        return {
            "status": status,
            "segment": chance.choice(self._parts["segments"]),
            "territory": chance.choice(country["territories"]),
            "account_manager": chance.choice(self._staff["managers"]),
            "language": country["language"],
            "currency": country["currency"],
            "country": country["code"],
            "terms_days": chance.choice((14, 30, 30, 30, 60)),
            "credit_limit_minor": chance.randint(2, 40) * 50_000,
            "credit_status": credit,
            "is_key_account": chance.random() < 0.04,
            "customer_since": date(year, chance.randint(1, 12), chance.randint(1, 28)),
        }

    def _habits(self) -> Habits:
        chance = self._chance
        return Habits(
            orders=chance.choice((1, 1, 2, 2, 3, 3, 4, 6, 9)),
            days_late=chance.choice(_DAYS_LATE),
            lines=chance.choice((2, 3, 3, 5)),
            open=chance.choices((0, 1, 2), (80, 16, 4))[0],
        )

    def _add_person(
        self, country: Country, customer: Row, domain: str, area: str, *, first: bool
    ) -> Row:
        chance = self._chance
        is_woman = chance.random() < 0.5
        given = chance.choice(country["women" if is_woman else "men"])
        family = chance.choice(country["families"])
        mailbox = "".join(c for c in fold(f"{given[0]}.{family}") if c.isalnum() or c == ".")
        return self._books.add(
            Contact, customer_id=customer["id"], given_name=given, family_name=family,
            salutation=country["salutations"][0 if is_woman else 1],
            role=chance.choice(self._parts["roles"]), phone=self._phone(country, area),
            email=f"{mailbox}@{domain}.example", is_primary=first,
        )  # fmt: skip

    def _add_place(self, country: Country, customer: Row, town: str, postcode: str) -> None:
        street = country["street"].format(
            name=self._chance.choice(country["streets"]), house=self._chance.randint(1, 160)
        )
        self._books.add(
            Address, customer_id=customer["id"], street=street, postcode=postcode, town=town,
            country=country["code"],
        )  # fmt: skip

    def _talk(self, customer: Row, people: list[Row]) -> None:
        chance = self._chance
        for _ in range(chance.choice((0, 1, 1, 2, 2, 3))):
            said = chance.choice(self._parts["talk"])
            add_talk(
                self._books, customer, said["kind"],
                day=self._calendar.day(-1 - int(120 * chance.random() ** 2)),
                at=f"{chance.randint(8, 16):02}:{chance.randrange(0, 60, 5):02}",
                subject=said["subject"], body=said["body"], topic=said["topic"],
                author=chance.choice(self._staff["desk"]),
                contact_id=chance.choice(people)["id"],
            )  # fmt: skip

    def _phone(self, country: Country, area: str) -> str:
        number: str = country["phone"]
        return number.format(area=area, line=self._chance.randint(10, 99))
