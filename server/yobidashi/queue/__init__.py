"""Who waits for whom: the only code that changes a queue."""
