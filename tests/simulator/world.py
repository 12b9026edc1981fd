"""Everything there is in one run: the hub, the laptops, the ERP, and what was meant."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from loyaldesk.hub.access import Principal, Role
from tests.simulator.centre import Centre
from tests.simulator.clocks import DeskClock, WorldClock
from tests.simulator.deeds import Person
from tests.simulator.erp import NAME as ERP
from tests.simulator.erp import ErpSource
from tests.simulator.ids import Ids
from tests.simulator.intents import Intents
from tests.simulator.laptop import Laptop
from tests.simulator.memory_disk import MemoryDisk
from tests.simulator.rows import TERRITORIES
from tests.simulator.trace import Trace
from tests.simulator.wire import Wire

if TYPE_CHECKING:
    from tests.simulator.disk import Disk

__all__ = ["World"]

_MOST_SKEW_S = 3 * 86_400
_USERS = ("Ada", "Ben", "Cleo")


class World:
    """A seed made flesh; nothing in it depends on anything but the seed."""

    def __init__(self, seed: int, *, disk: type[Disk] = MemoryDisk, is_kept: bool = False) -> None:
        self.seed = seed
        self.rng = random.Random(seed)
        self.trace = Trace(is_kept=is_kept)
        self.clock = WorldClock()
        self.intents = Intents()
        self._disk = disk
        self._words = 0
        self.centre = Centre(self.clock, self._ids(), self.trace)
        self.wire = Wire(self.centre.serve, rng=self.rng, trace=self.trace)
        self.laptops: list[Laptop] = []
        self.people: dict[str, Person] = {}
        self.erp = ErpSource(self.clock, self._ids(), self.rng)
        self._begin()

    def _ids(self) -> Ids:
        return Ids(self.clock, random.Random(self.rng.getrandbits(64)))

    def _begin(self) -> None:
        self.centre.people[ERP] = Principal(ERP, ERP, ERP, "", Role.CONNECTOR, None)
        self._fill_erp()
        self.wire.is_faulty = False
        while not self.erp.is_done:
            self.erp.sync(self.wire, self.erp_answered)
        self.wire.is_faulty = True
        for number in range(self.rng.randint(2, 6)):
            self.add_laptop(f"desk{number}", self._principal(number), self._disk())

    def _fill_erp(self) -> None:
        rng = self.rng
        for number in range(rng.randint(2, 5)):
            customer = self.erp.create(
                "customer", f"C{number}",
                {
                    "number": f"C{number}", "name": f"Customer {number}", "currency": "EUR",
                    "territory": rng.choice(TERRITORIES),
                    "account_manager": rng.choice(("", *_USERS)),
                },
            )  # fmt: skip
            if rng.random() < 0.7:
                self.erp.create(
                    "invoice", f"I{number}",
                    {
                        "number": f"I{number}", "customer_id": customer, "kind": "invoice",
                        "currency": "EUR", "total_minor": 1000, "net_minor": 1000,
                        "open_minor": 1000,
                    },
                )  # fmt: skip
        product = {"number": "P1", "name": "Product 1", "currency": "EUR"}
        self.erp.create("product", "P1", product)

    def _principal(self, number: int) -> Principal:
        user = _USERS[number % len(_USERS)]
        if number == 0 and self.rng.random() < 0.5:
            return Principal(user, user, f"device{number}", f"B{number}", Role.OFFICE, None)
        mine = [each for each in TERRITORIES if self.rng.random() < 0.6] or [TERRITORIES[0]]
        return Principal(user, user, f"device{number}", f"B{number}", Role.REP, frozenset(mine))

    def add_laptop(self, name: str, principal: Principal, disk: Disk) -> Laptop:
        """Put one more laptop into the world; a fresh disk is connected to the hub first."""
        self.centre.people[name] = principal
        skew = timedelta(seconds=self.rng.randint(-_MOST_SKEW_S, _MOST_SKEW_S))
        laptop = Laptop(
            name, disk, clock=DeskClock(self.clock, skew), ids=self._ids(), rng=self.rng,
            wire=self.wire, trace=self.trace, intents=self.intents, person=principal.name,
        )  # fmt: skip
        if not laptop.is_connected:
            laptop.desk.connect(user=principal.name, code=principal.desk)
        self.laptops.append(laptop)
        self.people[name] = Person(laptop, self.rng, self.next_word)
        return laptop

    def next_word(self) -> str:
        """Return a word that nobody has typed yet."""
        self._words += 1
        return f"w{self._words}"

    def erp_answered(self, mutation: object, status: str) -> None:
        """Hear what became of an edit of the ERP."""
        self.trace.note("erp answered", status)
