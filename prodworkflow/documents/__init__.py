"""Documents and pictures that leave Trac."""
