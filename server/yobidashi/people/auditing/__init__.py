"""The audit record: written in one chain, anchored outside Redis, read, proved whole, counted by day."""
