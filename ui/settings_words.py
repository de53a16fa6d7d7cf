"""Words for the parts of a file of settings, and for what they change."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from domain.basics.sentences import N_
from domain.dunning.scenario import Channel, StepKind
from domain.usecases.travelling.comparing import Change, Place
from ui import formatting, labels, text_words
from ui.translation import _

_LONGEST = 60
"""Letters of a value that are shown."""

_GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "profiles": N_("profile"),
        "scenarios": N_("scenario"),
        "modes": N_("payment mode"),
        "rates": N_("rate"),
        "smtp": N_("sending"),
        "imap": N_("mailbox"),
        "oauth": N_("sign-in by the browser"),
        "limits": N_("sending limits"),
        "lists": N_("list"),
        "saved": N_("filter"),
        "columns": N_("columns of files"),
        "periods": N_("period without e-mails"),
        "page_sizes": N_("rows on a page"),
        "renamed": N_("name of family"),
        "templates": N_("template"),
    }
)
_SILENT = frozenset(
    {"entity", "layout", "options", "courtesy", "hours", "steps", "sync"}
    | {"field_names", "words"}
)
"""Names of places that say nothing to a reader."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "name": N_("Name"),
        "legal_form": N_("Legal form"),
        "address": N_("Address"),
        "postal_code": N_("Postal code"),
        "city": N_("City"),
        "siret": N_("SIRET"),
        "vat_number": N_("VAT number"),
        "rcs": N_("Trade register (RCS)"),
        "capital": N_("Share capital"),
        "phone": N_("Phone"),
        "email": N_("E-mail address"),
        "iban": N_("IBAN"),
        "bic": N_("BIC"),
        "signatory_name": N_("Who signs"),
        "signatory_role": N_("Their role"),
        "invoices_folder": N_("Folder of the invoices' PDFs"),
        "default_terms": N_("Usual payment terms"),
        "penalty_rate": N_("Late-payment rate, a year"),
        "rate_follows_half_years": N_("Rate that follows half-years"),
        "structured_reference": N_("Reference of transfers"),
        "fiscal_year_start_month": N_("First month of the fiscal year"),
        "logo": N_("Logo"),
        "signature": N_("Signature"),
        "window": N_("Envelope"),
        "offset_x": N_("Address moved right"),
        "offset_y": N_("Address moved down"),
        "has_fold_marks": N_("Fold marks"),
        "margin_left": N_("Left margin"),
        "margin_right": N_("Right margin"),
        "margin_top": N_("Top margin"),
        "margin_bottom": N_("Bottom margin"),
        "font": N_("Typeface"),
        "text_size": N_("Size of the text"),
        "colour": N_("Colour"),
        "logo_height": N_("Height of the logo"),
        "head": N_("Head of the letters"),
        "foot": N_("Foot of the letters"),
        "batch_order": N_("Order of printing"),
        "is_archival": N_("Letters to archive (PDF/A-3)"),
        "is_default": N_("Default profile"),
        "grouping": N_("Messages by level or for the account"),
        "pair_id": N_("Scenario followed"),
        "with_email": N_("For customers with an e-mail address"),
        "reference": N_("Date that drives it"),
        "is_active": N_("In use"),
        "repeat_last_days": N_("Last reminder repeated, days"),
        "kind": N_("Kind"),
        "level": N_("Level"),
        "channel": N_("Means"),
        "trigger": N_("Counted from"),
        "delay_days": N_("Delay, days"),
        "text_key": N_("Template"),
        "payment_days": N_("Days given to pay"),
        "is_automatic": N_("Automatic"),
        "claims_penalties": N_("Claims penalties"),
        "copies": N_("Copies"),
        "may_be_skipped": N_("May be skipped"),
        "key": N_("Kind"),
        "language": N_("Language"),
        "tone": N_("Tone"),
        "subject": N_("Subject"),
        "body": N_("Text"),
        "item_threshold": N_("Smallest item"),
        "message_minimum": N_("Smallest message"),
        "message_ceiling": N_("Largest message"),
        "days_between_contacts": N_("Days between two contacts"),
        "freshness_days": N_("Days after which data is old"),
        "dispute_stops": N_("A dispute stops reminders"),
        "promise_stops": N_("A promise stops reminders"),
        "chase_insolvent": N_("Remind insolvent customers"),
        "thank_everyone": N_("Thank everyone"),
        "contacts_per_week": N_("Contacts a week"),
        "spares_sundays": N_("Nothing on Sundays"),
        "spares_holidays": N_("Nothing on holidays"),
        "alsace_moselle": N_("Holidays of Alsace and Moselle"),
        "catch_up_after": N_("One message after so many days off"),
        "first_on": N_("First day"),
        "last_on": N_("Last day"),
        "reason": N_("Reason"),
        "starts_at": N_("First hour"),
        "ends_at": N_("Last hour"),
        "code": N_("Code"),
        "terms": N_("Payment terms"),
        "year": N_("Year"),
        "half": N_("Half-year"),
        "rate": N_("Rate"),
        "typed_on": N_("Typed on"),
        "host": N_("Server"),
        "port": N_("Port"),
        "security": N_("Encryption"),
        "user": N_("User name"),
        "sender_name": N_("Sender's name"),
        "sender_address": N_("Sender's address"),
        "reply_to": N_("Reply address"),
        "wants_receipt": N_("Read receipt"),
        "provider": N_("Provider"),
        "client_id": N_("Client ID"),
        "tenant": N_("Directory"),
        "per_minute": N_("E-mails a minute"),
        "per_hour": N_("E-mails an hour"),
        "per_day": N_("E-mails a day"),
        "customer": N_("Free fields of customers"),
        "item": N_("Free fields of documents"),
        "columns": N_("Columns"),
        "sort": N_("Order"),
        "descending": N_("From the largest"),
        "folder": N_("Watched folder"),
        "pattern": N_("Names taken"),
        "max_vanished_percent": N_("Share that may vanish"),
        "max_jump_percent": N_("Change of the balance"),
        "silent_after_days": N_("Days without a file"),
        "complete_state": N_("Whole state"),
        "workbook": N_("Workbook"),
    }
)
_VALUES: Mapping[str, str] = MappingProxyType(
    {
        "True": N_("yes"),
        "False": N_("no"),
        "courteous": N_("courteous"),
        "firm": N_("firm in tone"),
        "email": N_("e-mail"),
        "letter": N_("letter"),
        "phone": N_("phone call"),
        "other": N_("other means"),
        "due_date": N_("due date"),
        "invoice_date": N_("date of the invoice"),
        "previous": N_("the reminder before"),
        "per_level": N_("one message per level"),
        "whole_account": N_("one message for the account"),
    }
)
_LISTS: Mapping[str, str] = MappingProxyType(
    {
        "customers": N_("Customers"),
        "owing": N_("Who owes you what?"),
        "receipts": N_("Receipts"),
        "promises": N_("Promises"),
        "disputes": N_("Disputes"),
        "activities": N_("Activities"),
        "items": N_("Items"),
        "criteria": N_("By criteria"),
    }
)


def lines(changes: Sequence[Change]) -> list[str]:
    """Say what changes, one sentence a value, or a record that comes or goes."""
    found = []
    told: Place | None = None
    for inside, group in groupby(changes, lambda change: _record_of(change.place)):
        if told and inside[: len(told)] == told:
            continue  # it comes or goes with what it is in
        members = list(group)
        where, told = _where(inside), None
        if len(members) > 1 and all(one.before is None for one in members):
            found.append(_("{what}: added", what=where))
            told = inside
        elif len(members) > 1 and all(one.after is None for one in members):
            found.append(_("{what}: removed", what=where))
            told = inside
        else:
            found += [_line(where, change) for change in members]
    return found


def _line(where: str, change: Change) -> str:
    what = _field(change.place)
    label = f"{where} · {what}" if where else what
    if change.before is None:
        if not change.after:
            return _("{what}: added", what=label)
        return _("{what}: {value}", what=label, value=_value(change.after))
    if change.after is None:
        return _("{what}: removed", what=label)
    return _(
        "{what}: {before} → {after}",
        what=label,
        before=_value(change.before),
        after=_value(change.after),
    )


def _record_of(place: Place) -> Place:
    """Find the record that a value is in: the last place that bears its own name."""
    names = place[1:-1]
    if len(names) > 1 and names[-1] in _SILENT | {"oauth"}:
        names = names[:-1]
    return (place[0], *names)


def _where(place: Place) -> str:
    """Name a record: « scénario Standard, avec e-mail · R2 »."""
    words: list[str] = []
    group = ""
    for name in place[1:]:
        if name in _GROUPS and not group:
            group = name
            words.append(_(_GROUPS[name]))
        elif name not in _SILENT:
            named = _named(group, name)
            words.append(named)
            group = ""
    return labels.capitalised(" ".join(words)) if words else ""


def _named(group: str, name: str) -> str:
    """Give a record the name that people know it by."""
    first, *others = name.split("/")
    if group == "scenarios" and others:
        is_email = others[-1] == str(True)
        kind = _("with e-mail") if is_email else _("without e-mail")
        return f"{name.rpartition('/')[0]}, {kind}"
    if group == "templates" and len(others) > 1:
        *key, channel, language = name.split("/")
        return text_words.name_of("/".join(key), Channel(channel), language)
    if group in ("lists", "page_sizes"):
        return f"« {_(_LISTS[name])} »" if name in _LISTS else name
    if group == "rates" and others:
        return f"{others[0]}/{others[1]}"
    if first in tuple(StepKind) and len(others) == 1:
        return labels.step_kind(StepKind(first), int(others[0]))
    return name


def _field(place: Place) -> str:
    *_before, group, name = place
    return _(FIELDS[name]) if name in FIELDS else _named(group, name)


def _value(text: str) -> str:
    if text in _VALUES:
        return _(_VALUES[text])
    shown = " ".join(text.split())
    if not shown:
        return formatting.NOTHING
    if shown.replace(".", "", 1).isdecimal():
        return shown.replace(".", ",")
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
