"""The queue of orders that wait for their letter, and the register of letters."""
