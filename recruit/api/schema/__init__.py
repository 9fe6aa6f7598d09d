"""The OpenAPI schema: what the code does, stated for other systems.

operations.py  what each call takes and answers, read from its view
answers.py     the problems that a call may answer with
headers.py     headers of requests and answers
words.toml     what each field and parameter means, with an example
wording.py     reads words.toml, and gives each field its words
examples.py    whole bodies, made of the examples of their fields
shortening.py  rows of which some fields are left out
completion.py  the last look at the whole schema
generation.py  the schema outside of a request
curl.py        a page with one curl command for each call
"""

from recruit.api.schema.completion import complete
from recruit.api.schema.operations import BearerScheme, ResourceSchema

__all__ = ["BearerScheme", "ResourceSchema", "complete"]
