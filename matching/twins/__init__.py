"""Skills and jobs that may be the same, found by their vectors and their names.

names.py     what two names say about each other without an encoder (plain values)
mining.py    stored vectors -> rows of likely pairs (worker and commands)
queries.py   the pairs that pages show
accuracy.py  how many of the pairs are right, on names and jobs with known answers
"""
