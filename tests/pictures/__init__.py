"""Pictures of every page: `python -m tests.pictures FOLDER`.

walking.py  which pages there are: links followed from the home page
camera.py   each page at two widths, light and dark
"""
