"""Everything that touches the outside: Telegram, the sender, the clock, the web, the command line, the wiring."""
