"""Letters that differ in their words alone are laid out once.

WeasyPrint takes about 150 ms for a letter: it matches styles, makes boxes, breaks
lines, paints. In a batch, most letters have the same tags, and other words in them.
Here the first such letter is laid out in full, and kept as a **form** to fill in; the
next ones only shape the words that changed, which takes a few milliseconds.

How a letter goes through, module by module:

1. ``reading`` parts its HTML into a *frame* (tags, which rule the layout) and *words*.
   Letters of one frame may share a form.
2. ``form`` makes a form of a letter that WeasyPrint laid out: what it painted, cut
   where each text is; and fills it with the words of another.
3. ``layout`` finds, in the boxes, the *paragraphs* that may receive other words: those
   whose width does not depend on them.
4. ``paragraph`` puts other words in one. It must come to as many lines as before, in
   the same fonts, so that nothing else on the page could move.
5. ``hand`` shapes words with WeasyPrint's own calls to Pango.
6. ``mould`` writes the PDF again around the new page, tags for screen readers included.
7. ``forms`` keeps the forms, and says when there is none.

**Whatever is not sure is laid out in full**: several pages, a longer paragraph, a
letter missing in the font, a table that sizes its columns by their content. A form
refuses (``None``) rather than guesses, and a paragraph that cannot find again what
WeasyPrint did with its first words refuses all others.

This leans on how WeasyPrint 70.0 works inside: any other version is never trusted, and
every letter is laid out in full. ``tests/storage/test_express.py`` compares both ways,
glyph by glyph.
"""

from storage.documents.express.forms import Forms
from storage.documents.express.mould import picture

__all__ = ["Forms", "picture"]
