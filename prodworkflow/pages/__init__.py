"""Pages of campaigns, and what is put on Trac's own pages."""
