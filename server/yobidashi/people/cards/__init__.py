"""Reception cards: what a party answered at the door, who stands before the desk, what a booth may read."""
