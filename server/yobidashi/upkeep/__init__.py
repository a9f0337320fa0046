"""What keeps a fair running: figures, logs, copies that can be taken back, and a look at the venue before the day."""
