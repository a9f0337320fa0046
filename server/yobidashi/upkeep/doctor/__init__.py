"""`yobidashi doctor`: a look at the venue before the day, and in the middle of it: what is well, what is not, what to do."""
