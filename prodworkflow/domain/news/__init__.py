"""News: what a change or a day has for each person, from decisions."""
