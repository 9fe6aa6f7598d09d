"""Free-text search: people by the meaning and the words of what somebody typed.

| step | module |
|---|---|
| the text taken apart: words, demands, e-mail addresses | `wording` |
| which words are names, and never reach the encoder | `names` |
| the vector of the text, made by the worker | `vectors` |
| who holds the words, wherever they stand | `holders` |
| the order of people | `ranking` |
| where the words stand, to be shown | `words_found`, `highlights` |
| the front door | `people` |
"""
