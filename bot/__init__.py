"""Everything that touches the outside: Telegram, the clock, the web, the command line, and the wiring."""
