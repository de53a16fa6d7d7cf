"""How far an import is, in words; who watches it may stop it."""

from time import monotonic

from domain.basics.progress import Phase, StoppedError
from ui import formatting
from ui.translation import _, ngettext

_SECONDS_IN_MINUTE = 60
_TELLING_SECONDS = 0.5
"""Before, the pace is not known well enough to say how long is left."""


class ImportProgress:
    """What was told last; another thread tells, the screen looks."""

    def __init__(self) -> None:
        self.phase: Phase | None = None
        self.done = 0
        self.total = 0
        self.is_stopped = False
        self._since = monotonic()
        self._before = 0

    def stop(self) -> None:
        """Ask the work to stop; nothing of it is kept."""
        self.is_stopped = True

    def tell(self, phase: Phase, done: int, total: int) -> None:
        """Note how far a phase is.

        Raises:
            StoppedError: it is wanted no more.
        """
        if self.is_stopped:
            raise StoppedError
        if phase is not self.phase or not done:
            self._since, self._before = monotonic(), done
        self.phase, self.done, self.total = phase, done, total

    @property
    def share(self) -> float:
        """What is done of this phase, from 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def seconds_left(self) -> int | None:
        """How long this phase still takes at its pace; None until it is known."""
        elapsed, done = monotonic() - self._since, self.done - self._before
        if elapsed < _TELLING_SECONDS or not done:
            return None
        return round(elapsed * (self.total - self.done) / done)

    @property
    def words(self) -> str:
        """Say what is going on, and how long it still takes."""
        left = self.seconds_left
        if left is None:
            return self._said()
        return _(
            "{progress} · {left} left", progress=self._said(), left=_duration(left)
        )

    def _said(self) -> str:
        percent = round(self.share * 100)
        if self.phase is Phase.COMPARING:
            return _("Comparing with your books: {percent} %", percent=percent)
        if self.phase is Phase.WRITING:
            return _("Saving: {percent} %", percent=percent)
        if self.phase is Phase.REHEARSING:
            return _(
                "{done} days rehearsed of {total}", done=self.done, total=self.total
            )
        if self.phase is Phase.VERIFYING:
            return _(
                "{done} files read again of {total}",
                done=formatting.count(self.done),
                total=formatting.count(self.total),
            )
        if not self.done:
            return _("Reading the file…")
        return _(
            "{done} lines read of {total}",
            done=formatting.count(self.done),
            total=formatting.count(self.total),
        )


def _duration(seconds: int) -> str:
    if seconds < _SECONDS_IN_MINUTE:
        return _("{seconds} s", seconds=max(1, seconds))
    return ngettext("{count} min", "{count} min", -(-seconds // _SECONDS_IN_MINUTE))
