"""French as people type it: normalisation, places, trades, numbers, names, contacts.

Pure functions and small classes: text in, values out. Nothing here imports another part of the project, and nothing is read from the
disk before it is asked for.
"""
