"""Fees: how a line is computed, what a bill comes to, and what is still owed. Pure arithmetic."""
