"""Campaign templates: the TOML language, its checks, and its expansion."""
