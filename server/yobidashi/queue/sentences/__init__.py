"""The sentences of refusals, a table for each subject; `queue/errors.py` holds them together."""
