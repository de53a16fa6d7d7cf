"""Whether the firm's mail server can be reached, as last seen."""

from datetime import datetime


class Network:
    """What the last contact with the mail server told."""

    def __init__(self) -> None:
        self.is_reached: bool | None = None
        """None as long as nobody tried."""
        self.since: datetime | None = None
        """When that began."""

    def note(self, now: datetime, *, is_reached: bool) -> None:
        """Keep what a contact told; the moment changes only with the answer."""
        if is_reached is not self.is_reached:
            self.is_reached, self.since = is_reached, now
