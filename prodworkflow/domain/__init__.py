"""Domain: pure rules and values, without Trac, SQL or clock."""
