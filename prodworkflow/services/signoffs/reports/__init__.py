"""Files that are reported: the values that they fill."""
