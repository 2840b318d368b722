"""News: who is told what of a campaign, and how listeners hear of it."""
