"""How long it will take, and where it is quieter: pure, made of a board, what is expected of the day, and the time (5⑵イ)."""
