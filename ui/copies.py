"""The daily copy of the books, made behind the screens, and why it could not be."""

from domain.basics.errors import DunningError
from domain.usecases.keeping_copies import keep_daily_copy
from ui.session import Session


class DailyCopies:
    """Makes one copy a day, also where the app stays open for weeks."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def round(self) -> None:
        """Copy the books unless it was done today, and remember a refusal."""
        if not self._session.folder:
            return
        try:
            await self._session.run_aside(keep_daily_copy)
        except DunningError as problem:
            self._session.copy_problem = problem
        else:
            self._session.copy_problem = None
