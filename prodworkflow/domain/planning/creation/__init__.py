"""Creation of a campaign: its lists, its signers, and what is wrong."""
