from domain.dunning.texts import TEXT_KEYS
from ui import text_words


def test_every_kind_of_message_has_a_name_of_its_own() -> None:
    assert len({text_words.kind(key) for key in TEXT_KEYS}) == len(TEXT_KEYS)
