"""Files that are handed out: to be saved, and never to be run by a browser."""

from pathlib import Path

from django.http import FileResponse


def attachment(path: Path, *, name: str, media_type: str) -> FileResponse:
    """Return a file to be saved under a name. Raise FileNotFoundError."""
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=media_type
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
