"""Plots of a campaign: pairs of target and reference, by requirement."""
