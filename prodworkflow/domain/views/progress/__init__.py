"""Progress of a campaign: present stage, groups, and its releases so far."""
