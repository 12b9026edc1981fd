"""Orders: the list, the page of one order, and entering one."""
