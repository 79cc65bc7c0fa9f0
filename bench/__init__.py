"""Measures that anyone can run again: ``make evaluate`` (understanding) and ``make bench`` (speed)."""
