"""Words that people read: all of them translated, and no page broken by long ones.

pseudo.py      two made-up languages, made of the English words while tests run
templates.py   words written into a template and not translated
modules.py     words written into a module of Python or JavaScript and not translated
leftovers.py   words of a page that are neither translated nor anybody's data
"""
