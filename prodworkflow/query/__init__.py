"""Query: Trac's ticket queries know campaign, stage and requirement."""
