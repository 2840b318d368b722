"""Activity: what happened to campaigns, what is found in them, what is due."""
