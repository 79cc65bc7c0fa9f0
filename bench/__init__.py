"""Measures that anyone can run again: ``make evaluate`` (understanding)."""
