"""Why signing in by the browser failed, in sentences (RFC 6749, 4.1.2.1 and 5.2)."""

import re

from domain.basics.errors import DunningError
from domain.basics.sentences import N_

# What Microsoft adds to « invalid_grant »: learn.microsoft.com, AADSTS error codes.
_WITHDRAWN = re.compile(r"AADSTS(50173|65001|700003|50057|53003)\b")
_EXPIRED = re.compile(r"AADSTS(700082|700084|70008|70043|50078)\b")
_OTHER_TENANT = re.compile(r"AADSTS(50194|90002|700016|50020)\b")
LONGEST = 200


class SignInError(DunningError):
    """The provider lets nobody in: true of every message until a person acts."""


class SignInRefusedError(SignInError):
    """The user, or their organisation, said no in the browser."""

    message = "The sign-in was refused in the browser: nothing was changed."


class SignInLateError(SignInError):
    """Nothing came back from the browser."""

    message = (
        "The sign-in was not completed. If the browser showed an error, check the"
        " client ID."
    )


class ClientUnknownError(SignInError):
    """The provider does not know the program that asks."""

    message = (
        "The provider does not know this client ID, or its secret is not the right one."
    )


class OtherOrganisationError(SignInError):
    """The client ID was made for another organisation."""

    message = (
        "This client ID is not known in this organisation: check it, and the directory"
        " (tenant) ID."
    )


class SignInMissingError(SignInError):
    """Nobody signed in with this account on this computer."""

    message = "Nobody is signed in with this mail account: sign in, in the settings."


class SignInExpiredError(SignInError):
    """The permission was left unused for too long."""

    message = "The sign-in has expired: sign in again, in the settings."


class SignInWithdrawnError(SignInError):
    """The user changed password, or took the permission back."""

    message = "The permission to sign in was withdrawn: sign in again, in the settings."


class SignInEndedError(SignInError):
    """The provider does not say which of the two it is."""

    message = (
        "The sign-in has expired or was withdrawn: sign in again, in the settings."
    )


class NoLastingPermissionError(SignInError):
    """The provider let the user in for an hour only."""

    message = "The provider gave no lasting permission: sign in again."


class ProviderRefusedError(SignInError):
    """The provider gave a reason of its own."""

    message = "The provider refused to sign in: {answer}"


class TokenRefusedError(SignInError):
    """The provider let the user in, and the mail server did not."""

    message = (
        "The mail server does not accept this sign-in: check that the user name is the"
        " address you signed in with, and that the mailbox allows other programs."
    )


class ProviderOddError(SignInError):
    """Something on the way answered in the provider's place."""

    message = "The provider answered something that is not understood."


class ProviderSilentError(OSError):
    """The provider cannot be reached: it may be later."""

    says = N_("The sign-in provider cannot be reached.")


class ProviderUnreachableError(SignInError):
    """The same, told to the person who is signing in."""

    message = "The sign-in provider cannot be reached."


class ProviderUnprovenError(SignInError):
    """Somebody on the way answers in the provider's place."""

    message = (
        "The sign-in provider could not prove who it is, and was told nothing: check"
        " the network you are on."
    )


_REFUSALS: dict[str, type[SignInError]] = {
    "access_denied": SignInRefusedError,
    "consent_required": SignInRefusedError,
    "interaction_required": SignInRefusedError,
    "invalid_client": ClientUnknownError,
    "unauthorized_client": ClientUnknownError,
    "deleted_client": ClientUnknownError,
    "invalid_grant": SignInEndedError,
}


def refusal_of(error: str, description: str) -> SignInError:
    """Tell what a provider's refusal means."""
    if _OTHER_TENANT.search(description):
        return OtherOrganisationError()
    if _EXPIRED.search(description):
        return SignInExpiredError()
    if _WITHDRAWN.search(description):
        return SignInWithdrawnError()
    if error in _REFUSALS:
        return _REFUSALS[error]()
    said = " ".join(f"{error} {description}".split())
    shown = "".join(letter for letter in said if letter.isprintable())
    return ProviderRefusedError(answer=shown[:LONGEST])


def refusal_words(problem: DunningError) -> str:
    """Say a refusal in our words, or in the provider's own where it has only those."""
    is_theirs = isinstance(problem, ProviderRefusedError)
    return str(problem.details["answer"] if is_theirs else problem)
