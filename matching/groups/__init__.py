"""The pool in groups of people who do like work.

clustering.py  unit vectors -> centres and groups (arithmetic)
agreement.py   how far groups agree with known ones (arithmetic)
pool.py        the pool's vectors read in pieces, the groups written
typical.py     what is typical of each group: skills and titles
layout.py      how far groups lie apart -> places on a map (arithmetic)
reading.py     the groups as they were written, for pages
"""
