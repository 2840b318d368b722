"""Campaigns in wiki text: links and macros."""
