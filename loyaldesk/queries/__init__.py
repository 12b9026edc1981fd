"""Every way to read data: functions that take a source and return frozen rows."""
