"""What programs are answered with, beside the pages that people read."""
