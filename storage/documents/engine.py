"""WeasyPrint as we use it: our fonts, our style, and nothing from elsewhere.

This module alone imports WeasyPrint, which needs the Pango library: import it late,
through storage.documents.pdf.
"""

import logging
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from storage.documents.letters import stylesheet
from storage.documents.templates import FOLDER

_FONT = "font/woff2"
_ACCESSIBLE, _TO_ARCHIVE = "pdf/ua-1", "pdf/a-3a"
"""PDF/UA: tagged, titled, in a known language. PDF/A-3a: the same, for archives,
with data attached."""
_DATA_NAME = "pieces.csv"

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
        self._shared = self._parsed(stylesheet())
        self._chosen: dict[str, CSS] = {}

    def render(
        self, html: str, pictures: dict[str, object], chosen: str = ""
    ) -> Document:
        """Lay a letter out in the style its firm chose.

        ``pictures`` keeps the logo from one to the next.
        """
        styles = [self._shared]
        if chosen:
            if chosen not in self._chosen:
                # One firm at a time prints; while it tries looks, each is another.
                self._chosen = {chosen: self._parsed(chosen)}
            styles.append(self._chosen[chosen])
        return HTML(string=html, url_fetcher=self._fetcher).render(
            font_config=self._fonts,
            stylesheets=styles,
            cache=pictures,
            pdf_tags=True,
        )

    def write(self, document: Document, data: str = "", *, archival: bool) -> bytes:
        """Write a PDF that screen readers can read; one to archive holds its data."""
        attachments = None
        if archival and data:
            attachments = [
                Attachment(
                    string=data,
                    name=_DATA_NAME,
                    description="Items of this letter, as data",
                    relationship="Data",
                )
            ]
        written: bytes = document.write_pdf(
            pdf_tags=True,
            pdf_variant=_TO_ARCHIVE if archival else _ACCESSIBLE,
            attachments=attachments,
        )
        return written

    def _parsed(self, style: str) -> CSS:
        return CSS(string=style, font_config=self._fonts, url_fetcher=self._fetcher)
