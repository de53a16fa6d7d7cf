"""The buttons above a text: bold, slanted, underlined, a list, the table."""

from nicegui import ui

from domain.dunning.styling import Style
from domain.dunning.tags import Tag
from ui import design
from ui.components.buttons import icon_button
from ui.translation import _

# As if typed, so that Ctrl+Z takes it back; without a selection, a word to replace.
_AREA = """
const box = getHtmlElement(%d);
const area = box.querySelector('textarea') ?? box;
area.focus();
const from = area.selectionStart, to = area.selectionEnd;
const chosen = area.value.slice(from, to);
const type = (words) => document.execCommand('insertText', false, words);
"""
# A second press takes the marks away; each line has its own, for they end with it.
_AROUND = """
const mark = '%s';
const around = (line) => {
  const words = line.trim();
  return words ? line.replace(words, () => mark + words + mark) : line;
};
const bare = chosen.split(mark).join('');
const lines = (bare.trim() ? bare : %r).split('\\n');
const typed = chosen.includes(mark) ? bare : lines.map(around).join('\\n');
type(typed);
// The field puts the cursor where typing left it: what was chosen stays so, after.
setTimeout(() => area.setSelectionRange(from, from + typed.length));
"""
_LIST = """
const start = area.value.lastIndexOf('\\n', from - 1) + 1;
const lines = area.value.slice(start, to).split('\\n');
area.setSelectionRange(start, to);
const turned = (line) => (line.startsWith('- ') ? line.slice(2) : '- ' + line);
type(lines.map(turned).join('\\n'));
"""
_TABLE = """
if (!area.value.includes('%s')) type('\\n\\n%s\\n\\n');
"""


def text_toolbar(field: ui.element) -> None:
    """Draw the buttons that act on a text where its cursor is."""
    words = _("text")
    bar = ui.element("div").classes(design.ROW)
    with bar.props("role=toolbar"):
        bar.props["aria-label"] = _("Layout of the text")
        for style, icon, says in (
            (Style.BOLD, "format_bold", _("Bold")),
            (Style.ITALIC, "format_italic", _("Italic")),
            (Style.UNDERLINED, "format_underlined", _("Underlined")),
        ):
            _button(field, icon, says, _AROUND % (style, words))
        _button(field, "format_list_bulleted", _("List"), _LIST)
        table = f"%{Tag.TABLEAU_COMPTABLE}%"
        says = _("The table of the documents")
        _button(field, "table_chart", says, _TABLE % (table, table))
        _button(field, "undo", _("Undo"), "document.execCommand('undo');")
        _button(field, "redo", _("Redo"), "document.execCommand('redo');")


def _button(field: ui.element, icon: str, says: str, script: str) -> None:
    button = icon_button(icon, says, lambda: None).mark(f"tool-{icon}")
    area = _AREA % field.id
    button.on("click", js_handler=f"() => {{{area}{script}}}")
