"""Reservations: slots that are never overbooked, what was reserved, sheets in and out, the gift."""
