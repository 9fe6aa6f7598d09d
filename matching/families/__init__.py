"""Jobs to families: the family whose example sentences say what a job says.

examples.toml  what jobs of each family say, to be read and extended by people
reading.py     the file as values
choosing.py    similarities -> the proposed family, or none (arithmetic)
encoding.py    sentences -> vectors of one encoder (worker and commands)
proposals.py   the front door of pages: what to propose for a job
accuracy.py    how often the proposal is right, on occupations with known answers
"""
