"""Sentences with what they mean, and what is measured with them."""
