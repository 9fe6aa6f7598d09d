"""Print the people found for a text: the list that the candidates page shows."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from matching.conf import encoder_settings
from matching.free_text.highlights import Place
from matching.free_text.people import (
    MOST_PEOPLE,
    PeopleFound,
    PersonFound,
    ThinPerson,
    find_people,
    meaning_of,
    settled_meaning,
)
from matching.matches import LimitOutOfRange, check_limit
from matching.query_encoding import encode_waiting_queries
from matching.search import SearchRefused
from matching.types import Meaning

# A command lists everybody who was left out; a page begins with the nearest.
EVERYBODY = 1_000_000

# A worker that is alive answers much sooner; after that the text is read here.
WORKER_SECONDS = 5.0

NOTES = {
    Meaning.NOTHING_TO_COMPARE: (
        "Names, contacts and common words are looked for as words alone."
    ),
    Meaning.UNREADABLE: "The encoder failed on this text; found by words alone.",
}


class Command(BaseCommand):
    help = (
        "Print the people found for a text, by its meaning and its words. The text is"
        " read by the worker, or here where none runs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text")
        parser.add_argument("--limit", type=int, default=10, help="people to print")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        found = _found(options["text"], options["limit"])
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(found), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(found)))


def _found(text: str, limit: int) -> PeopleFound:
    now = timezone.now()
    try:
        check_limit(limit, most=MOST_PEOPLE)
        meaning = settled_meaning(
            text=text, viewer=None, asked_at=now, timeout_seconds=WORKER_SECONDS
        )
        if meaning in {Meaning.NO_WORKER, Meaning.BEING_READ}:
            meaning_of(text=text, viewer=None, asked_at=now, needs_worker=False)
            encode_waiting_queries(encoder_settings())
        return find_people(
            text=text,
            limit=limit,
            viewer=None,
            asked_at=now,
            left_out_limit=EVERYBODY,
        )
    except (SearchRefused, LimitOutOfRange) as error:
        raise CommandError(str(error)) from error


def _as_json(found: PeopleFound) -> dict[str, Any]:
    return {
        "query": found.text,
        "encoder": found.encoder,
        "meaning": found.meaning,
        "matches": [_match_as_json(match) for match in found.matches],
        "not_enough_data": [_left_out_as_json(one) for one in found.not_enough_data],
    }


def _match_as_json(match: PersonFound) -> dict[str, Any]:
    return {
        "rank": match.rank,
        "candidate_id": str(match.candidate.pk),
        "external_id": match.candidate.external_id,
        "similarity": match.similarity,
        "words_found": list(match.found.words),
        "places": [_place_as_json(place) for place in match.found.places],
    }


def _left_out_as_json(left_out: ThinPerson) -> dict[str, Any]:
    return {
        "candidate_id": str(left_out.candidate.pk),
        "external_id": left_out.candidate.external_id,
        "reason": left_out.reason,
        "words_found": list(left_out.found.words),
    }


def _place_as_json(place: Place) -> dict[str, Any]:
    return {
        "field": place.field,
        "text": place.text,
        "source_id": str(place.source_id) if place.source_id else None,
    }


def _lines(found: PeopleFound) -> list[str]:
    lines = [f"{found.text}  (encoder {found.encoder})"]
    if found.meaning in NOTES:
        lines.append(NOTES[found.meaning])
    for match in found.matches:
        candidate = match.candidate
        cosine = "" if match.similarity is None else f"  cosine {match.similarity:.3f}"
        lines.append(f"{match.rank:4}. {candidate.name} – {candidate.headline}{cosine}")
        lines += [f"        {one.field}: {one.text}" for one in match.found.places]
    if not found.matches:
        lines.append("Nobody was found.")
    lines += [
        f"Not enough data: {one.candidate.name} – {one.reason}"
        for one in found.not_enough_data
    ]
    return lines
