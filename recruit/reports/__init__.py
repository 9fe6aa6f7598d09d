"""What happened in the pipelines, in figures.

ways.py      the ways of applications: moves that stand, stays, how far (SQL)
measures.py  ways -> entries: what each figure counts (SQL)
counting.py  entries -> figures, or the rows behind them
tables.py    figures -> lines and cells (arithmetic)
queries.py   the jobs that a viewer may see, and their facts
labels.py    how lines are worded
catalogue.py the reports: their words, lines and columns
"""
