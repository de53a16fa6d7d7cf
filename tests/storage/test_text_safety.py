"""Whatever a template or a customer's name holds, a message stays words."""

import pytest
from jinja2.exceptions import SecurityError, TemplateNotFound

from domain.dunning.scenario import Channel
from storage.documents.engine import Engine
from storage.documents.maker import DocumentMaker
from storage.documents.templates import environment
from tests.builders import a_customer
from tests.composing import composed

MAKER = DocumentMaker()
NASTY = "<script>alert(1)</script> **A** {{ 7*7 }} %total% <img src=file:///etc/passwd>"


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.LETTER])
def test_a_name_that_looks_like_a_program_is_printed_as_it_is(channel: Channel) -> None:
    content = composed(
        channel=channel,
        customer=a_customer(name=NASTY),
        body="Bonjour %client_nom%,\n\n%tableau_comptable%",
        subject="Pour %client_nom%",
    )
    make = MAKER.email_html if channel is Channel.EMAIL else MAKER.letter_html

    html = make(content)

    assert "<script>" not in html
    assert "<img src=file" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **A** {{ 7*7 }} %total%" in html
    assert "**A**" in MAKER.email_text(content)


def test_words_stand_out_where_the_text_says_so_and_nowhere_else() -> None:
    content = composed(
        body="**Gras %client_nom%**, //penché//, __souligné__, 2 ** 3 ** 4,"
        " https://a.example.com//b, ______\n\n- un\n- deux",
        customer=a_customer(name="A__B__C"),
    )

    html = MAKER.email_html(content)

    assert "<strong>Gras A__B__C</strong>, <em>penché</em>, <u>souligné</u>," in html
    assert "2 ** 3 ** 4, https://a.example.com//b, ______" in html
    assert "• un<br>• deux" in html
    text = MAKER.email_text(content)
    assert "Gras A__B__C, penché, souligné," in text
    assert "- un\n- deux" in text


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ letter.__init__.__globals__ }}",
        "{{ [].append(1) }}",
        "{{ '%s'.__format__.__self__.__class__.__bases__ }}",
    ],
)
def test_even_a_layout_reaches_nothing_but_what_it_is_given(attack: str) -> None:
    with pytest.raises(SecurityError):
        environment().from_string(attack).render(letter=composed())


@pytest.mark.parametrize(
    "attack",
    [
        "{% for i in range(999999999) %}x{% endfor %}",
        "{% import 'os' as os %}{{ os }}",
    ],
)
def test_a_firm_s_text_is_never_a_program(attack: str) -> None:
    content = composed(body=f"Bonjour {attack}")
    printed = " ".join(MAKER.email_text(content).split())
    assert f"Bonjour {attack}" in printed

    with pytest.raises((OverflowError, TemplateNotFound)):
        environment().from_string(attack).render(letter=composed())


@pytest.mark.parametrize("name", ["/etc/passwd", "../main.py", "letters/../../main.py"])
def test_even_a_layout_includes_no_file_from_elsewhere(name: str) -> None:
    with pytest.raises(Exception, match=r"passwd|main\.py"):
        environment().from_string("{% include '" + name + "' %}").render()


def test_a_page_whose_style_and_pictures_are_elsewhere_is_printed_without_them() -> (
    None
):
    asked: list[str] = []
    engine = Engine()
    fetch = engine._fetcher.fetch

    def watched(url: str, headers: dict[str, str] | None = None) -> object:
        asked.append(url)
        return fetch(url, headers)

    engine._fetcher.fetch = watched  # type: ignore[method-assign]
    document = engine.render(
        "<style>@import 'http://example.invalid/a.css';"
        "p { background: url(file:///etc/hostname) }</style>"
        "<link rel=attachment href=file:///etc/passwd>"
        "<p>Bonjour <img src='file:///etc/hostname' alt=''>"
        "<img src='http://example.invalid/a.png' alt=''>",
        {},
    )

    pdf = document.write_pdf()
    assert len(document.pages) == 1
    assert asked
    assert b"EmbeddedFile" not in pdf
    assert b"root:" not in pdf
