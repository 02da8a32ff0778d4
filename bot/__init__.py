"""Nextrung: a self-hosted Slack bot for career growth."""

__version__ = "0.1.0"
