"""Fees as residents and the office see them: pages, reminders, payments, files."""
