"""Launch: open tickets before it, and the known issues that it tolerates."""
