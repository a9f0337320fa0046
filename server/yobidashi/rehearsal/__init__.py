"""Many simulated days of one fair, played before the day with the fair's own rules: what to expect, and what would help."""
