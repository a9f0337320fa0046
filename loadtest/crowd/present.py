"""What all user classes share: they find the run's hall, and have a device there for as long as Locust lets them be."""

from locust import User

from crowd.device import Device
from crowd.hall import Hall


class Present(User):
    """Somebody, or something, in the hall. Locust makes as many as the shape says (`fixed_count`)."""

    abstract = True
    device: Device | None = None

    @property
    def hall(self) -> Hall:
        """The hall of the present run."""
        hall: Hall = self.environment.hall
        return hall

    def arrive(self, role: str, kind: str, booth: int | None = None) -> Device:
        """Take a device and begin to follow the fair."""
        self.device = device = self.hall.device(role, kind, booth)
        device.follow()
        return device

    def on_stop(self) -> None:
        """Go home."""
        if self.device is not None:
            self.device.leave()
