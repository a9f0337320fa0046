"""Yobidashi: calls every party of a consultation fair once, in order, on every screen at the same moment."""

__version__ = "0.1.0"
