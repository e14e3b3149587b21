"""Invented content for the demo and for measurements."""
