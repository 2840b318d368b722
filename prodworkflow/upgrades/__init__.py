"""One step a file, each with the tables as they were at that step."""
