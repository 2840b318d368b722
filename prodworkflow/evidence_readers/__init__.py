"""Evidence readers: files of tools, read into readings.

Each format is one module of `formats`. The files come from strangers, so
size, depth and number of what is in them are limited, and in doubt a file is
refused.
"""
