"""What happened in the pipelines, in figures.

courses.py   the way of one application: moves that stand, stays, how far (arithmetic)
measures.py  courses -> entries: what each figure counts (arithmetic)
tables.py    entries -> lines and cells (arithmetic)
queries.py   the applications that a viewer may see -> courses
catalogue.py the reports: their words, lines and columns
"""
