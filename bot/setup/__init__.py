"""Setting an estate up and looking after it from the command line."""
