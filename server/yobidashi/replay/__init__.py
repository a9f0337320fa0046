"""A whole day played through the running server: its people, its crew, its screens, and the proof that nothing went wrong."""
