"""Wiki: links to campaigns, and macros that show them."""
