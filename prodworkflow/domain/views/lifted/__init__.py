"""What is lifted: waivers and known issues, how far and how long."""
