"""The test page: printed once, it tells whether the address is in the window."""

from dataclasses import dataclass

from domain.dunning.letter_layout import LetterLayout

_WORDS = {
    "fr": {
        "title": "Page d’essai des courriers",
        "print": "Imprimez cette page à sa taille réelle (100 %), sans « ajuster à "
        "la page ».",
        "measure": "La croix doit être à {cross} mm du bord gauche et à {cross} mm du "
        "haut de la feuille. L’écart que vous mesurez est celui de votre imprimante.",
        "fold": "Pliez la feuille sur les traits, glissez-la dans votre enveloppe et "
        "tapotez-la de chaque côté : l’adresse doit rester entière dans la fenêtre.",
        "flat": "Glissez la feuille dans votre enveloppe et tapotez-la de chaque "
        "côté : l’adresse doit rester entière dans la fenêtre.",
        "correct": "Si l’adresse est trop à gauche de 2 mm, indiquez 2 dans « Décaler "
        "vers la droite » ; trop haute de 2 mm, 2 dans « Décaler vers le bas ». Un "
        "nombre négatif décale dans l’autre sens.",
        "frame": "Trait plein : toujours visible. Tirets : ne rien imprimer d’autre.",
        "shift": "Décalage actuel : {x} mm vers la droite, {y} mm vers le bas.",
    },
    "en": {
        "title": "Test page for letters",
        "print": "Print this page at its real size (100%), without “fit to page”.",
        "measure": "The cross must be {cross} mm from the left edge and {cross} mm "
        "from the top of the sheet. What you measure beyond that is your printer’s.",
        "fold": "Fold the sheet at the marks, put it in your envelope and tap it on "
        "each side: the whole address must stay in the window.",
        "flat": "Put the sheet in your envelope and tap it on each side: the whole "
        "address must stay in the window.",
        "correct": "If the address is 2 mm too far left, write 2 in “Move right”; 2 "
        "mm too high, 2 in “Move down”. A negative number moves the other way.",
        "frame": "Full line: always seen. Dashes: print nothing else there.",
        "shift": "Now moved by {x} mm to the right, {y} mm down.",
    },
}
CROSS_MM = 30
"""Where the cross stands, from the left and from the top."""
_SAMPLE = (
    "Établissements Exemple et Compagnie",
    "Service comptabilité",
    "BATIMENT B",
    "12 RUE DE LA REPUBLIQUE",
    "BP 40",
    "38000 GRENOBLE",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationPage:
    """What the test page says, and the layout it tests."""

    language: str
    title: str
    steps: tuple[str, ...]
    frame: str
    shift: str
    sample: tuple[str, ...]
    layout: LetterLayout


def calibration_page(layout: LetterLayout, language: str) -> CalibrationPage:
    """Write the test page of a layout."""
    words = _WORDS[language]
    folded = words["fold" if layout.envelope.folds else "flat"]
    return CalibrationPage(
        language=language,
        title=words["title"],
        steps=(
            words["print"],
            words["measure"].format(cross=CROSS_MM),
            folded,
            words["correct"],
        ),
        frame=words["frame"],
        shift=words["shift"].format(
            x=_tenths(layout.offset_x, language), y=_tenths(layout.offset_y, language)
        ),
        sample=_SAMPLE,
        layout=layout,
    )


def _tenths(number: int, language: str) -> str:
    text = f"{number / 10:g}"
    return text.replace(".", ",") if language == "fr" else text
