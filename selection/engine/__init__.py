"""The selection engine: who wins which place, why, and how anybody can check it.

Pure Python and integers only: no Django, no clock, no chance, nothing that depends on the order of rows, sets or dicts.
The reading order: values, allocation, verifier, exchange. Everything else prepares an input or explains a result.
"""
