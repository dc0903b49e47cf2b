"""A local Telegram: a strict Bot API over HTTP on loopback, and a page to try a bot in a browser."""
