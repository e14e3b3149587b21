"""Moderation: queue, decisions, requests, scheduling, what follows a publication."""
