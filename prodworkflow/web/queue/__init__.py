"""The page of my sign-offs: its address, its form, what it shows."""
