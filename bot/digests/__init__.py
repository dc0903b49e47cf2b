"""The daily digest: its words and its picture."""
