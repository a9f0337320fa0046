"""What the privacy officer does: exports, incidents, new keys, and the provable end of all data."""
