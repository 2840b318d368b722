"""One step a file, each with the tables as they were at that step."""

VERSION = 3
NAME = 'prodworkflow_version'
