"""The search of candidates as its page asks it: with the address that asks again."""

from django.urls import reverse

from recruit.dashboard.limits import LIMITS
from recruit.finding.search_form import SearchForm


class CandidateFilter(SearchForm):
    """What the list of candidates is narrowed or ordered by."""

    def address(self, *, limit: int = LIMITS[0], about_new: bool | None = None) -> str:
        """Return the address under which the list is found again.

        Unless said otherwise, it is about the new people where this one is.
        """
        query = self.asked()
        if self.cleaned_data["saved"]:
            query["saved"] = str(self.cleaned_data["saved"])
        if self.cleaned_data["since"]:
            query["since"] = self.cleaned_data["since"].isoformat()
        if self.is_about_new if about_new is None else about_new:
            query["new"] = "on"
        if limit != LIMITS[0]:
            query["limit"] = str(limit)
        address = reverse("dashboard:candidates")
        return f"{address}?{query.urlencode()}" if query else address
