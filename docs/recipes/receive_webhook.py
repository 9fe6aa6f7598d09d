"""Receive webhooks: verify the signature, keep each message, answer, then work.

    pip install standardwebhooks
    export WEBHOOK_SECRET=whsec_...          # shown once when the webhook was made
    python receive_webhook.py 8080

Without the package the standard library verifies: see `verified` below. While a secret
is rotated, name both: WEBHOOK_SECRET="whsec_new whsec_old".

A message is answered with 204 when it is in the inbox, a SQLite file, and stays there
until it was worked on. What failed, or was cut off, is worked on again: at the start,
after the next message, and each minute. So `work_on` may see a message twice, and must
do no harm then. Messages about one object are worked on in the order in which they
came: one that fails holds back the later ones about the same object, and no others.
One process works on one inbox.
"""

import base64
import hashlib
import hmac
import json
import os
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

TOLERANCE_SECONDS = 300
LONGEST_BODY = 100_000
SECONDS_BETWEEN_TRIES = 60
DAYS_KEPT = 40  # longer than anybody can have a message sent again

try:
    from standardwebhooks import Webhook, WebhookVerificationError
except ImportError:
    Webhook = None


def verified(body: bytes, headers: dict, secrets: list) -> bool:
    """Tell whether one of the secrets signed the body, within the last minutes."""
    if Webhook is not None:
        return any(_verified_by_package(body, headers, secret) for secret in secrets)
    return verified_by_hand(body, headers, secrets)


def _verified_by_package(body: bytes, headers: dict, secret: str) -> bool:
    try:
        Webhook(secret).verify(body, headers)
    except (WebhookVerificationError, ValueError):
        return False
    return True


def verified_by_hand(body: bytes, headers: dict, secrets: list) -> bool:
    """Do the same with the standard library alone."""
    message_id = headers.get("webhook-id", "")
    moment = headers.get("webhook-timestamp", "")
    if not moment.isdigit() or abs(time.time() - int(moment)) > TOLERANCE_SECONDS:
        return False
    signed = f"{message_id}.{moment}.".encode() + body
    given = headers.get("webhook-signature", "").split()
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        digest = hmac.new(key, signed, hashlib.sha256).digest()
        wanted = "v1," + base64.b64encode(digest).decode()
        if any(hmac.compare_digest(wanted, one) for one in given):
            return True
    return False


def work_on(message: dict) -> None:
    """Replace this: read the object by its id from the API, as it is now."""
    print(message["type"], json.dumps(message["data"]), flush=True)


class Inbox:
    """Messages in the order in which they came, each once, and whether it is done.

    A message that comes again has the same id.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._run(
            "CREATE TABLE IF NOT EXISTS message (place INTEGER PRIMARY KEY,"
            " id TEXT UNIQUE, subject TEXT, body TEXT, done_at REAL)"
        )

    def keep(self, message_id: str, body: bytes) -> bool:
        """Keep a message for good; return whether it is new."""
        row = (message_id, subject_of(json.loads(body)), body.decode())
        kept = "INSERT OR IGNORE INTO message (id, subject, body) VALUES (?, ?, ?)"
        return self._run(kept, *row) == 1

    def work(self, do: Callable[[dict], None]) -> None:
        """Do what is not done, in order; what fails stays, and its object waits."""
        waiting: set = set()
        for place, subject, body in self._open_messages():
            if subject in waiting:
                continue
            try:
                do(json.loads(body))
            except Exception:  # noqa: BLE001  whatever it is, it is tried again
                traceback.print_exc()
                waiting.add(subject)
            else:
                done = "UPDATE message SET done_at = ? WHERE place = ?"
                self._run(done, time.time(), place)

    def forget(self) -> None:
        """Delete what was done long ago; it cannot come again."""
        long_ago = time.time() - DAYS_KEPT * 24 * 3600
        self._run("DELETE FROM message WHERE done_at < ?", long_ago)

    def _open_messages(self) -> list:
        asked = "SELECT place, subject, body FROM message WHERE done_at IS NULL"
        with closing(sqlite3.connect(self._path, timeout=10)) as connection:
            return connection.execute(f"{asked} ORDER BY place").fetchall()

    def _run(self, statement: str, *values: object) -> int:
        """Write, on the disk when this returns; return how many rows."""
        opened = sqlite3.connect(self._path, timeout=10)
        with closing(opened) as connection, connection:
            return connection.execute(statement, values).rowcount


def subject_of(message: dict) -> str:
    """Return the object that a message is about: what its data names first."""
    name, value = next(iter(message["data"].items()), ("", ""))
    return f"{name}:{value}"


class Worker(Thread):
    """Works on the inbox beside the server, from the start on."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(daemon=True)  # what is not done is done at the next start
        self._inbox = inbox
        self._woken = Event()

    def run(self) -> None:
        while True:
            self._woken.clear()
            try:
                self._inbox.work(work_on)
                self._inbox.forget()
            except sqlite3.Error:  # a full disk, for example
                traceback.print_exc()
            self._woken.wait(SECONDS_BETWEEN_TRIES)

    def wake(self) -> None:
        self._woken.set()


class Handler(BaseHTTPRequestHandler):
    """Answers within milliseconds; the worker does the rest, from the inbox."""

    secrets: list = []
    inbox: Inbox
    worker: Worker

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 < length <= LONGEST_BODY:
            return self._answer(413)
        body = self.rfile.read(length)
        headers = {name.lower(): value for name, value in self.headers.items()}
        if not verified(body, headers, self.secrets):
            return self._answer(401)
        if self.inbox.keep(headers["webhook-id"], body):
            self.worker.wake()
        return self._answer(204)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Leave the log to the lines above."""


def serve(port: int, secrets: list, inbox: str) -> ThreadingHTTPServer:
    """Return a server that listens on this machine, with its worker begun."""
    Handler.secrets, Handler.inbox = secrets, Inbox(inbox)
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    Handler.worker = Worker(Handler.inbox)
    Handler.worker.start()
    return server


if __name__ == "__main__":
    serve(
        int(sys.argv[1]) if len(sys.argv) > 1 else 8080,
        os.environ["WEBHOOK_SECRET"].split(),
        os.environ.get("WEBHOOK_INBOX", "inbox.sqlite3"),
    ).serve_forever()
