"""What a pasted text says about a job: proposals, each with where it stands.

plain_text.py   what was pasted -> text to read
sentences.py    text -> sentences, each with the part of the text it stands in
titles.py  places.py  terms.py  salaries.py  skills.py   one thing each
job_text.py     the front door: all of it at once

Nothing here knows a framework or the database, and nothing is written.
"""
