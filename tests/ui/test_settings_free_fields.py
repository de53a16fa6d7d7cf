"""The names of free fields, as the settings keep them."""

from tests.ui.window import field, open_window, retype


async def test_the_names_of_free_fields_are_kept() -> None:
    async with open_window() as user:
        await user.open("/settings")

        retype(user, "customer-field-1", "Secteur")
        retype(user, "item-field-3", "Dépôt")
        user.find(marker="save-free-fields").click()

        await user.should_see("Enregistré.")
        await user.open("/settings")
        assert field(user, "customer-field-1").value == "Secteur"
        assert field(user, "item-field-3").value == "Dépôt"


async def test_two_fields_of_one_name_are_refused() -> None:
    async with open_window() as user:
        await user.open("/settings")

        retype(user, "item-field-1", "Chantier")
        retype(user, "item-field-2", "chantier ")
        user.find(marker="save-free-fields").click()

        await user.should_see("ne peuvent pas s'appeler tous deux")
