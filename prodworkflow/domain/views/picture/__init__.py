"""Picture of a campaign by days: what is drawn, where, and in words."""
