"""Other people's bots, written as their libraries' own documentation has it; only `make bench` runs them."""
