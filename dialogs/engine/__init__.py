"""A conversation is a function that is run again on every update."""
