"""What a person has besides a career: place, addresses, languages, wishes."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from recruit.candidates.inputs import (
    CandidateFields,
    DocumentInput,
    LanguageInput,
    ProfileInput,
)
from recruit.common.text import fold
from recruit.demo.careers import Post
from recruit.demo.content import Content, Level, Origin, Place
from recruit.demo.phrases import happens

PLAIN = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "æ": "ae"})
DOMAINS = ("example.org", "example.com", "example.net")
# Of the pay usual in the field.
PAY_AT = {
    Level.JUNIOR: 0.75,
    Level.MID: 0.95,
    Level.SENIOR: 1.15,
    Level.LEAD: 1.45,
}


def country_of(origin: Origin, content: Content, chance: Random) -> str:
    """Return where somebody lives: at home, mostly."""
    at_home = happens(0.75, chance)
    return chance.choice(origin.countries if at_home else list(content.places))


def email_of(given: str, family: str, external_id: str, chance: Random) -> str:
    """Return an address that nobody else has and nobody can receive mail at."""
    bare = fold(f"{given} {family}").translate(PLAIN)
    words = "".join(char if char.isascii() and char.isalnum() else " " for char in bare)
    digits = sum(map(ord, external_id)) % 90 + 10
    domain = chance.choice(DOMAINS)
    return f"{'.'.join(words.split())}{digits}@{domain}"


def last_contact_of(
    created_at: datetime, now: datetime, chance: Random, *, is_stale: bool
) -> datetime | None:
    """Return when somebody was last spoken to, if ever."""
    if is_stale:
        return created_at
    if happens(0.4, chance):
        return None
    days = (now - created_at).days
    return created_at + timedelta(days=chance.randint(0, max(days - 1, 0)), hours=3)


def wishes_of(
    post: Post, place: Place, content: Content, today: date, chance: Random
) -> CandidateFields:
    """Return the pay somebody expects, from when, and a link, as far as stated."""
    wishes = CandidateFields()
    if happens(0.6, chance):
        low, _high, currency = post.field.jobs[0].salary
        usual = low / content.rates[currency] * PAY_AT[post.level]
        wanted = usual * place.pay * chance.uniform(0.9, 1.15)
        amount = round(wanted * content.rates[place.currency], -3)
        wishes["salary_expectation"] = Decimal(int(amount))
        wishes["salary_currency"] = place.currency
    if happens(0.4, chance):
        days = chance.randrange(0, 120, 10)
        wishes["available_from"] = today + timedelta(days=days)
    if happens(0.15, chance):
        number = chance.randint(1000, 9999)
        wishes["links"] = [f"https://profiles.example.org/{post.field.key}/{number}"]
    return wishes


def languages_of(
    origin: Origin, content: Content, chance: Random
) -> list[LanguageInput]:
    spoken = {origin.language: "native"}
    spoken.setdefault("en", chance.choice(("b1", "b2", "c1", "c1", "c2")))
    if happens(0.5, chance):
        level = chance.choice(("a2", "b1", "b2", "c1"))
        spoken.setdefault(chance.choice(content.languages), level)
    return [LanguageInput(language, level) for language, level in spoken.items()]


def cv_of(profile: ProfileInput) -> DocumentInput:
    """Return the profile as the text of a CV, without name and contacts."""
    lines = [profile.fields["headline"], "", profile.fields["summary"], ""]
    for post in profile.experience or ():
        until = post.ended_on.year if post.ended_on else "today"
        began = post.started_on.year if post.started_on else ""
        lines += [f"{began}-{until}  {post.title}, {post.organisation}"]
        lines += [f"- {deed}" for deed in post.description.splitlines()] + [""]
    lines += ["Skills: " + ", ".join(one.skill for one in profile.skills or ())]
    return DocumentInput(title="CV", text="\n".join(lines))
