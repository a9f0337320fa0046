"""Everybody at a fair, as Locust plays them: phones, reception, booths, the floor manager and screens, all on the project's own wire."""
