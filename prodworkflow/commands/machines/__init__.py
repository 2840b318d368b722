"""What machines call: gates are asked, evidence is reported."""
