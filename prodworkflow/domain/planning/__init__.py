"""Planning: new campaigns, their signers, and moved dates."""
