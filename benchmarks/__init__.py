"""What the plugin costs, measured against Trac itself in the same run."""
