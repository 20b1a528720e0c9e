"""Firms that come late: what a plan still has for them, at once and then exactly."""
