"""What is done: the rules of a service desk. Pure: no input or output, no clock, no chance."""
