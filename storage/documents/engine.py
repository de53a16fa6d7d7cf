"""WeasyPrint as we use it: our fonts, our style, and nothing from elsewhere.

This module alone imports WeasyPrint, which needs the Pango library: import it late,
through storage.documents.pdf.
"""

import logging
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from storage.documents.letters import stylesheet
from storage.documents.templates import FOLDER

_FONT = "font/woff2"

# It warns of « À reporter » in each letter, which is as we want it.
logging.getLogger("weasyprint").setLevel(logging.ERROR)


class _OwnFilesOnly(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Gives our fonts, and the pictures that a page carries within itself.

    WeasyPrint's own would read any file of the machine and any address.
    """

    def __init__(self, fonts: Path) -> None:
        super().__init__(allowed_protocols=("asset", "data"), allow_redirects=False)
        self._fonts = fonts.resolve()

    def fetch(
        self, url: str, headers: dict[str, str] | None = None
    ) -> URLFetcherResponse:
        """Read one of our fonts, or decode a picture.

        Raises:
            ValueError: the address is neither; WeasyPrint then does without.
        """
        if url.startswith("data:"):
            return super().fetch(url, headers)
        file = self._fonts / Path(unquote(urlsplit(url).path)).name
        if not url.startswith("asset:///fonts/") or not file.is_file():
            raise ValueError(url)
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": _FONT})


class Engine:
    """Lays letters out; fonts and style are read once."""

    def __init__(self) -> None:
        self._fetcher = _OwnFilesOnly(FOLDER / "fonts")
        self._fonts = FontConfiguration()
        self._style = CSS(
            string=stylesheet(), font_config=self._fonts, url_fetcher=self._fetcher
        )

    def render(self, html: str, pictures: dict[str, object]) -> Document:
        """Lay a letter out; ``pictures`` keeps the logo from one to the next."""
        return HTML(string=html, url_fetcher=self._fetcher).render(
            font_config=self._fonts, stylesheets=[self._style], cache=pictures
        )
