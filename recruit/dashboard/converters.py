"""Parts of addresses."""


class RequisitionCode:
    """A requisition code: anything but what ends a path segment."""

    regex = r"[^/\x00-\x1f]{1,64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
