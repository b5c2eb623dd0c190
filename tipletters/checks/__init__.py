"""Checks: each says of a text what would trip or hurt the client, and what to write instead. All stand in `registry.py`."""
