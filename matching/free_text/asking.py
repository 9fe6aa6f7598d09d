"""One text, looked for on behalf of one viewer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from matching.conf import encoder_identity
from matching.facets.asked import NO_FACETS, Facets
from matching.facets.conditions import narrowed_by
from matching.free_text.fields import narrowed
from matching.free_text.meant import Meant, meant_by
from matching.free_text.names import names_in
from matching.free_text.ranking import FreeHits, free_hits
from matching.free_text.wording import Wording, readable, wording_of
from matching.models import CandidateSearch
from matching.retrieval import Pool, Vector
from matching.search import (
    SearchRefused,
    has_words,
    holding,
    refuse_too_long,
)
from matching.search_words import searchable
from recruit.accounts.models import User
from recruit.applications.queries import candidates_visible_to
from recruit.candidates.models import Candidate
from recruit.candidates.querysets import CandidateQuerySet


class OnlyUnwanted(SearchRefused):
    """The text says who is in the list, and nothing to order it by."""

    def __init__(self) -> None:
        super().__init__(_("Say also what to search for, not only what to leave out."))


@dataclass(frozen=True, slots=True)
class Asked:
    """A text taken apart, and the people among whom it is looked for."""

    wording: Wording
    names: tuple[str, ...]  # words of the text that are somebody's name
    encoder: str
    visible: CandidateQuerySet
    only: tuple[UUID, ...] | None  # the ids of those, None where they are all
    facets: Facets = NO_FACETS

    @classmethod
    def of(
        cls,
        text: str,
        viewer: User | None,
        among: CandidateQuerySet | None,
        facets: Facets = NO_FACETS,
        chosen: Collection[UUID] | None = None,
    ) -> "Asked":
        """Take a text apart. Raise SearchRefused where there is nothing to look for.

        Of the people, only the `chosen` ones are looked at, if there are such.
        """
        refuse_too_long(text)
        wording = wording_of(text)
        if not has_words(wording.words) and not wording.addresses:
            raise (
                OnlyUnwanted()
                if wording.unwanted or wording.fields
                else SearchRefused(_("Type a word to search for."))
            )
        visible = candidates_visible_to(viewer) if among is None else among
        sees_all = viewer is None or viewer.is_recruiting
        only = None if sees_all else tuple(sorted(_ids(visible)))
        names = names_in(wording.words, only=only)
        if chosen is not None:
            visible = visible.filter(pk__in=chosen)
            only = tuple(sorted(_ids(visible)))
        return cls(
            wording=wording,
            names=names,
            encoder=encoder_identity(),
            visible=visible,
            only=only,
            facets=facets,
        )

    @property
    def passing(self) -> CandidateQuerySet:
        """Return the people who pass the gates as well."""
        return narrowed_by(self.visible, self.facets)

    def meant(self, asked_at: datetime | None, *, needs_worker: bool = True) -> Meant:
        """Return the vector of the text, or ask for it, unless at no moment."""
        text = readable(self.wording.words, names=self.names)
        return meant_by(
            [text], encoder=self.encoder, asked_at=asked_at, needs_worker=needs_worker
        )[0]

    def hits(self, vector: Vector | None) -> FreeHits:
        """Return who is found, whose e-mail addresses the text holds first."""
        addressed = self._addressed()
        found = free_hits(
            query=vector,
            words=self.wording.words,
            names=self.names,
            encoder=self.encoder,
            pool=self.pool(addressed),
        )
        return found.led_by(addressed)

    def own_addresses(self, candidate: Candidate) -> list[str]:
        """Return the addresses in the text that are the candidate's."""
        addresses = self.wording.addresses
        return [one for one in addresses if one.lower() in candidate.emails]

    def _addressed(self) -> list[UUID]:
        addresses = [address.lower() for address in self.wording.addresses]
        if not addresses:
            return []
        return sorted(_ids(self.passing.filter(emails__overlap=addresses)))

    def pool(self, left_out: Sequence[UUID] = ()) -> Pool:
        """Return the pool of those who hold what must, and not what must not, stand."""
        rows, only, unwanted = CandidateSearch.objects.all(), self.only, set(left_out)
        for term in self.wording.quoted:
            rows = rows.filter(holding(searchable(f'"{term}"')))
        if self.wording.quoted:
            holders = set(rows.values_list("candidate_id", flat=True))
            only = tuple(sorted(holders if only is None else holders & set(only)))
        if self.wording.fields:
            held = set(_ids(narrowed(self.visible, self.wording.fields)))
            only = tuple(sorted(held if only is None else held & set(only)))
        for term in self.wording.unwanted:
            holding_it = CandidateSearch.objects.filter(
                holding(searchable(f'"{term}"'))
            )
            unwanted |= set(holding_it.values_list("candidate_id", flat=True))
        return Pool(left_out=tuple(sorted(unwanted)), only=only, facets=self.facets)


def _ids(people: CandidateQuerySet) -> list[UUID]:
    return list(people.values_list("pk", flat=True))
