"""The development tasks: what is held out of the openly licensed data, as folders.

Nothing here is trained on: every query comes from a held-out group (splits.py), and
a document that training may know says so in its field `held_out`.
"""
