"""Views of a campaign that is to be made: mistakes at fields, due days."""
