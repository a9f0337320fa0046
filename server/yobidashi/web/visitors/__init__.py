"""Visitors over HTTP: reservations and cards, by themselves and at the desk; briefs at the booth; the gift."""
