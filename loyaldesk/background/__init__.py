"""Work away from the main thread: lanes for reads and writes, a child process for long C calls.

Empty on purpose: a child process imports this package and must not pay for Qt.
"""
