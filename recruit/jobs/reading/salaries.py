"""What a job pays in a year."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from recruit.jobs.reading.found import Found, Salary, Span
from recruit.jobs.reading.sentences import Sentence

LEAST, MOST = Decimal(5_000), Decimal(9_999_999)
THOUSAND = 1000
SHORT = 12  # characters of the time that pay is said for

_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "₹": "INR", "zł": "PLN"}
_CODES = (
    "EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|CAD|AUD|NZD|SGD|HKD|JPY|INR|ZAR"
    "|AED|ILS|TRY|BRL|MXN"
)
_NAMES = {"euro": "EUR", "euros": "EUR", "pounds": "GBP", "dollars": "USD"}
_PREFIXED = {"US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD"}
_CURRENCY = (
    rf"(?:US\$|CA?\$|AU?\$|[€£$¥₹]|zł|\b(?:{_CODES})\b|\b(?:euros?|pounds|dollars)\b)"
)
_AMOUNT = r"\d{1,3}(?:[.,'’ \u202f]\d{3})+(?:[.,]\d{2})?|\d+(?:[.,]\d{1,2})?"
_RANGE = re.compile(
    rf"(?P<before>{_CURRENCY})?\s*(?P<low>{_AMOUNT})\s*(?P<low_k>[kK]\b)?"
    rf"(?:\s*(?P<between>{_CURRENCY}))?(?:,-)?"
    r"(?:\s*(?:-|–|—|to|and|bis|und|à)\s*"
    rf"(?P<again>{_CURRENCY})?\s*(?P<high>{_AMOUNT})\s*(?P<high_k>[kK]\b)?)?"
    rf"(?:,-)?\s*(?P<after>{_CURRENCY})?",
    re.IGNORECASE,
)
_ABOUT_PAY = re.compile(
    r"\b(?:salary|salaries|compensation|pay|paid|wage|gehalt\w*|jahresgehalt|verdienst"
    r"|vergütung|remuneration|ote|earn\w*|package|per (?:year|annum)|a year|p\.?\s?a\b"
    r"|annual\w*|yearly|jährlich|im jahr|pro jahr|brutto\w*|gross|base|entgelt|salaire"
    r"|salario|salaris|lohn|jahreslohn)",
    re.IGNORECASE,
)
_NOT_PAY = re.compile(
    r"\b(?:revenue|budget|funding|raised|turnover|umsatz|users|customers|sales target"
    r"|million|billion|mrd|mio|valuation|learning|referral|relocation|grant)\b",
    re.IGNORECASE,
)
_NOT_A_YEAR = re.compile(
    r"^\W{0,3}(?:/|per|an|a|pro|je|die|im|in the)?\W{0,2}(?:hour|hr|h|day|week|month"
    r"|stunde|std|tag|woche|monat|monatlich|stündlich|hourly|monthly|daily|weekly"
    r"|brutto (?:im|pro) monat|gross per month)\b",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"\b(?:up to|bis zu|maximum|max\.?|jusqu'à|tot)\W*$", re.IGNORECASE)


def read_salary(sentences: Sequence[Sentence]) -> Found[Salary] | None:
    """Return the yearly pay; no value where pay is said for a shorter time."""
    shorter: Found[Salary] | None = None
    for one in sentences:
        if _NOT_PAY.search(one.text):
            continue
        for match in _RANGE.finditer(one.text):
            found = _of_match(one, match)
            if found is not None and found.value is not None:
                return found
            shorter = shorter or found
    return shorter


def _of_match(one: Sentence, match: re.Match[str]) -> Found[Salary] | None:
    currency = _currency(match)
    if not currency:
        return None
    is_about_pay = _ABOUT_PAY.search(one.text) is not None
    if not (match["high"] or is_about_pay):
        return None
    said = match[0].strip()
    beginning = match.start() + match[0].index(said)
    span = Span.within(one.start, beginning, beginning + len(said))
    behind = one.text[match.end() :]
    if _NOT_A_YEAR.match(behind):
        return Found(None, span, (f"{said} {behind[:SHORT].split('.')[0]}".strip(),))
    salary = _salary(match, currency, one.text[: match.start()])
    return None if salary is None else Found(salary, span)


def _currency(match: re.Match[str]) -> str:
    for group in ("before", "between", "again", "after"):
        said = match[group]
        if said:
            sign = _PREFIXED.get(said.upper()) or _SIGNS.get(said.lower())
            return sign or _NAMES.get(said.lower()) or said.upper()
    return ""


def _salary(match: re.Match[str], currency: str, before: str) -> Salary | None:
    high_k = bool(match["high_k"])
    low = _amount(match["low"], is_thousands=bool(match["low_k"]) or high_k)
    high = _amount(match["high"], is_thousands=high_k or bool(match["low_k"]))
    if low is None or (match["high"] and high is None):
        return None
    if high is None:
        return (
            Salary(None, low, currency)
            if _UP_TO.search(before)
            else (Salary(low, None, currency))
        )
    return Salary(low, high, currency) if low <= high else None


def _amount(said: str | None, *, is_thousands: bool) -> Decimal | None:
    """Return an amount written in any manner: 60.000, 60,000.00, 60 000, 60 (k)."""
    if said is None:
        return None
    bare = re.sub(r"['’ \u202f]", "", said)
    cents = re.fullmatch(r"(.*?)[.,](\d{1,2})", bare)
    whole = re.sub(r"[.,]", "", cents[1] if cents else bare)
    try:
        amount = Decimal(f"{whole}.{cents[2]}" if cents else whole)
    except InvalidOperation:
        return None
    if is_thousands and amount < THOUSAND:
        amount *= THOUSAND
    return amount if LEAST <= amount <= MOST else None
