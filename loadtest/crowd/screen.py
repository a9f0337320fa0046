"""Screens: they show, and send nothing. What they heard is what the run is judged by."""

from locust import task

from crowd.present import Present


class Screen(Present):
    """A screen on the wall."""

    def on_start(self) -> None:
        """Open the page that shows the calls."""
        self.device = self.hall.device("screen", "screen")
        self.device.open_page("/calls", "/calls")
        self.device.follow()

    @task
    def show(self) -> None:
        """Hang there until the fair is over."""
        assert self.device is not None
        self.hall.wait_until(lambda: False, self.device)
