"""Keep a copy of the books each day, whatever happens to be done on that day."""

from domain.ports import Books


def keep_daily_copy(books: Books) -> bool:
    """Keep a copy if today has none; tells whether one was made.

    Raises:
        FileNotWrittenError: there is no room for it, or no way to write there.
        BooksUnreadableError: the books are damaged; the former copies stay.
    """
    return books.keep_daily_copy()
