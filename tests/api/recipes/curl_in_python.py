#!/usr/bin/env python3
"""As much of curl as the documentation uses, for machines that have none."""

import argparse
import sys
import urllib.error
import urllib.parse
import urllib.request


def main(arguments: list[str]) -> int:
    """Print what an address answers, whatever the status."""
    known = argparse.ArgumentParser(prog="curl", allow_abbrev=False)
    known.add_argument("address")
    known.add_argument("-s", action="store_true")
    known.add_argument("-G", action="store_true")
    known.add_argument("-D", dest="heads", choices=["-"])
    known.add_argument("-o", dest="into", choices=["/dev/null"])
    known.add_argument("-X", dest="method")
    known.add_argument("-H", dest="headers", action="append", default=[])
    known.add_argument("-d", "--data-binary", dest="body")
    known.add_argument("--data-urlencode", dest="asked", action="append", default=[])
    given = known.parse_args(arguments)
    address = given.address
    if given.asked:
        pairs = [one.split("=", 1) for one in given.asked]
        address += f"?{urllib.parse.urlencode(pairs)}"
    body = None if given.body is None else given.body.encode()
    method = given.method or ("POST" if body is not None else "GET")
    headers = dict(one.split(": ", 1) for one in given.headers)
    request = urllib.request.Request(  # noqa: S310  as curl does
        address, body, headers, method=method
    )
    try:
        answer = urllib.request.urlopen(request, timeout=60)  # noqa: S310
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        if given.heads:
            sys.stdout.buffer.write(bytes(answer.headers))
        if not given.into:
            sys.stdout.buffer.write(answer.read())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
