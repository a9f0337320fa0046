"""The soak: a fair under load while things are broken on purpose, and the proof that nothing was lost or done twice."""
