"""The API below `/campaign/api/v1/`: JSON for machines and scripts."""
