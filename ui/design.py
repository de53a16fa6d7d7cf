"""The look of the app: colours, sizes and class names, in one place.

``static/style.css`` says how each class is drawn, with the colours given here as
variables; components and pages use the constants below and nothing else.
"""

from enum import StrEnum

FONT = "Narrow Space, IBM Plex Sans, sans-serif"

LIGHT = {
    "ink": "#1D252C",
    "secondary": "#5B6570",
    "line": "#D5DBE1",
    "ground": "#F6F7F9",
    "surface": "#FFFFFF",
    "primary": "#12436D",
    "on-primary": "#FFFFFF",
    "not-due": "#2F6FB5",
    "overdue": "#B4530A",
    "settled": "#2E7D4F",
    "stopped": "#B3261E",
    "dispute": "#6B4FA0",
    "accent": "#F2B134",
    "paper": "#FFFFFF",  # what customers receive is white in the dark too
}
DARK = {
    "ink": "#E4E9ED",
    "secondary": "#A7B1BA",
    "line": "#35414B",
    "ground": "#11161A",
    "surface": "#1A2126",
    "primary": "#8FBFE8",
    "on-primary": "#0B2234",
    "not-due": "#84B5EA",
    "overdue": "#F0A35F",
    "settled": "#79C99B",
    "stopped": "#F39289",
    "dispute": "#BFA9EC",
    "accent": "#F2B134",
}
TINT_PERCENT = 7
"""How much of a tone colours the ground of its badge or notice."""
SIZES = {
    "text-small": "12px",
    "text-table": "13px",
    "text-body": "14px",
    "text-section": "15px",
    "text-title": "20px",
    "text-figure": "28px",
    "corner": "6px",
    "space": "4px",
}

LEVEL_COLOURS = (
    "#F6E3B4",
    "#F2CF8A",
    "#EDB566",
    "#E5954C",
    "#D8703C",
    "#C24A33",
    "#96282B",
)
"""Grounds of R1 to R7 until the user chooses others; higher levels keep the last."""


class Tone(StrEnum):
    """What a colour means; always with a word or an icon too."""

    NEUTRAL = "neutral"
    NOT_DUE = "not-due"
    OVERDUE = "overdue"
    SETTLED = "settled"
    STOPPED = "stopped"
    DISPUTE = "dispute"
    WARNING = "warning"

    @property
    def css(self) -> str:
        """The class that gives this tone to text and badges."""
        return f"tone-{self.value}"


TONE_ICONS = {
    Tone.NEUTRAL: "info_outline",
    Tone.NOT_DUE: "schedule",
    Tone.OVERDUE: "warning_amber",
    Tone.SETTLED: "check_circle_outline",
    Tone.STOPPED: "front_hand",
    Tone.DISPUTE: "gavel",
    Tone.WARNING: "error_outline",
}

CHANNEL_ICONS = {
    "email": "mail_outline",
    "letter": "markunread_mailbox",
    "phone": "call",
    "other": "forum",
}

# Class names, by what they arrange.
FRAME = "frame"
SKIP_LINK = "skip-link"
SIDE_MENU = "side-menu"
BRAND = "brand"
MENU_GROUP = "menu-group"
MENU_BREAK = "menu-break"
MENU_LINK = "menu-link"
TOP_BAR = "top-bar"
TOP_BAR_END = "top-bar-end"
TOP_BAR_LINK = "top-bar-link"
ENTITY_CHOOSER = "entity-chooser"
SEARCH = "search"
SEARCH_BOX = "search-box"
SEARCH_RESULTS = "search-results"
SEARCH_RESULT = "search-result"
SHORTCUT_HINT = "shortcut-hint"
SHORTCUTS_BUTTON = "shortcuts-button"
SHORTCUTS = "shortcuts"
NOTICE = "notice"
PAGE = "page"
PAGE_HEAD = "page-head"
PAGE_ACTIONS = "page-actions"
ROW = "row-of"
ROW_SPREAD = "row-of spread"
STACK = "stack"
GRID = "grid-of"
CARD = "card"
SECTION_TITLE = "section-title"
SECONDARY_TEXT = "secondary-text"
FIGURES = "figures"
FIGURE = "figure"
FIGURE_LABEL = "figure-label"
FIGURE_VALUE = "figure-value"
AMOUNT = "amount"
BADGE = "badge"
EMPTY_STATE = "empty-state"
EMPTY_ICON = "empty-icon"
SKELETON = "skeleton"
DIALOG = "dialog-card"
STRONG = "strong"
COUNTER = "counter"
BUCKETS = "buckets"
BUCKET = "bucket"
TABS = "tabs-of"
TAB_COUNT = "tab-count"
BUCKET_ROW = "bucket-row"
BUCKET_ROW_NAME = "bucket-row-name"
BUCKET_ITEMS = "bucket-items"
BUCKET_ITEM = "bucket-item"
DESK = "desk"
EMAIL_PREVIEW = "email-preview"
LETTER_PREVIEW = "letter-preview"
LEFT_OUT = "left-out"
PLAIN_TABLE = "plain-table"
PLAIN_ROW = "plain-row"
LIST = "list-of"
LIST_ROW = "list-row"
PAGES = "pages"
LIST_MAIN = "list-main"
MESSAGE_TEXT = "message-text"
DIALOG_LIST = "dialog-card list"
DIALOG_WIDE = "dialog-card wide"
NOTICE_BOX = "notice box tone-warning"
SIMPLE_TABLE = "simple-table"
TABLE_OF_WORDS = "simple-table words"
HOME_GRID = "home-grid"
WIDE = "wide"
CHART = "chart"
CHART_LINKS = "chart-links"
COMING = "coming"
FIGURE_ROW = "figure-row"
DELAYS = "delays"
PAYMENT_CHARTS = "payment-charts"
AGED_BALANCE = "card aged-balance"
FORMULA = "formula"
LEGEND = "legend"
LEGEND_MARK = "legend-mark"
ROW_ICON = "row-icon"
LINK_ROW = "link-row"
OPENING = "opening"
CONCERN = "concern"
CARD_ACTIONS = "card-actions"
CHOICES = "choices"
CHOICE = "card choice"
FACTS = "facts"
SHEET = "sheet"
SHEET_CARDS = "sheet-cards"
NAMED_FACTS = "named-facts"
NAMED_AMOUNTS = "named-facts amounts"
DIALOG_FORM = "dialog-form"
STANDING = "notice box"
SHEET_ITEMS = "stack sheet-items"
SHEET_FOOT = "sheet-foot"
SHORT_ROW = "list-row short"
AGREEMENTS = "agreements"
OVERLAID = "overlaid"
SHEET_NAME = "sheet-name"
TICKED_BAR = "ticked-bar"
UNDO_BAR = "undo-bar"
TWO_FIELDS = "two-fields"
TWO_COLUMNS = "two-columns"
CHECKS = "checks"
NOTE = "note-of"
WHY = "why"
PERSON = "person"
PEOPLE = "people"
FILTERS = "row-of filters"
ACTIVE_FILTERS = "active-filters"
ACTIVE_FILTER = "active-filter"
SAVED_FILTER = "saved-filter"
FROM_TO = "from-to"
COLUMN_ROW = "column-row"
COLUMN_ROWS = "column-rows"
FILTER_PANEL = "filter-panel"
BULK_BAR = "bulk-bar"
BULK_DONE = "notice box tone-settled bulk-done"
KEPT_LINES = "kept-lines"
FILE_DROP = "file-drop"
DATA_TABLE = "data-table"
OPENS = "opens"
INVOICE_BUTTON = "invoice-button"
NO_INVOICE = "no-invoice"
NAMED_INVOICE = "named-invoice"
PRIMARY_ACTION = "primary-action"
SETTINGS = "settings"
ANCHORS = "anchors"
FORM = "form-of"
PLACE = "place"
MODE_ROW = "mode-row"
PERIOD_ROW = "period-row"
RATE_ROW = "rate-row"
PENALTY_TABLE = "penalty-table"
LOGO_FIELD = "logo-field"
LAYOUT_DESK = "layout-desk"
LAYOUT_PICTURE = "layout-picture"
LOGO = "logo"
ANSWER_BOX = "notice box"
STEPS_LIST = "steps-list"
MAPPING_CHOICES = "mapping-choices"
MAPPING_TABLE = "mapping-table"
MAPPING_IGNORED = "mapping-ignored"
WIDE_FIELD = "wide-field"
FORECAST = "forecast"
FORECAST_COLUMN = "forecast-column"
FORECAST_CARD = "forecast-card"
FORECAST_WEEKS = "forecast-weeks"
HAND_ITEM = "hand-item"
REGISTERED = "registered-letters"
REGISTERED_ROW = "registered-letter"
TEXT_TABLE = "simple-table texts"
TEXT_DIFFERENCE = "text-difference"
TEXT_VERSIONS = "text-versions"
TAG_LIST = "tag-list"
TAG_BUTTON = "tag-button"
HAND_FIELDS = "dialog-form hand-fields"
CALL_BAR = "call-bar"
CALL_NOTE = "call-note"
CALL_DESK = "call-desk"
CALL_SCRIPT = "call-script"
CRITERIA = "criteria"
LEVEL_COLOURS_PAIR = "level-colours"
CRITERIA_FIELDS = "criteria-fields"
RUN_BAR = "row-of run-bar"
CALENDAR = "calendar"
CALENDAR_DAY = "calendar-day"
FORMAL_NOTICE = "formal-notice"
REHEARSED = "rehearsed"
COUNTS_TABLE = "simple-table counts"
SCENARIO = "scenario"
SCENARIO_COLUMN = "card scenario-column"
SCENARIO_LINE = "scenario-line"
SCENARIO_STEP = "scenario-step"
SCENARIO_EVENT = "scenario-event"
SCENARIO_DAY = "scenario-day"
SCENARIO_CARD = "scenario-card"
SCENARIO_FIELD = "scenario-field"

# Quasar properties of what Quasar draws.
PRIMARY_BUTTON = "unelevated no-caps color=primary"
SECONDARY_BUTTON = "outline no-caps color=primary"
QUIET_BUTTON = "flat no-caps color=primary"
DANGER_BUTTON = "unelevated no-caps color=negative"
ICON_BUTTON = "flat round dense color=primary"
STOP_BUTTON = "outline no-caps color=negative"
INPUT = "outlined dense"
AMOUNT_INPUT = "outlined dense inputmode=decimal input-class=amount-typed"
SMALL_TEXTAREA = "outlined dense rows=2 autogrow"
DAY_MASK = "mask=##/##/#### stack-label"
CHIPS = "no-caps unelevated dense toggle-color=primary"


def variables() -> str:
    """Write the colours and sizes as CSS variables, light and dark."""
    light = _declarations(LIGHT | SIZES | {"tint": f"{TINT_PERCENT}%"})
    return (
        f":root{{color-scheme:light;{light}}}"
        "@media(prefers-color-scheme:dark)"
        f"{{:root{{color-scheme:dark;{_declarations(DARK)}}}}}"
    )


def level_colour(level: int) -> str:
    """Choose the ground of a level's badge."""
    return LEVEL_COLOURS[min(level, len(LEVEL_COLOURS)) - 1]


def text_on(ground: str) -> str:
    """Choose the text colour that reads best on a ground the user chose."""
    return max("#000000", "#FFFFFF", key=lambda text: contrast(text, ground))


def contrast(first: str, second: str) -> float:
    """Compute the WCAG 2 contrast ratio of two colours."""
    lighter, darker = sorted(map(_luminance, (first, second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _declarations(values: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in values.items())


def _luminance(colour: str) -> float:
    """Compute the relative luminance of WCAG 2, from #RRGGBB."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    nearly_black = 0.04045
    if channel <= nearly_black:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
