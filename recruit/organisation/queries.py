"""What is known of the organisation."""

from recruit.organisation.models import THE_ONE, Organisation


def organisation() -> Organisation:
    """Return the organisation; one without a name where nothing was said yet."""
    return Organisation.objects.filter(pk=THE_ONE).first() or Organisation()
