"""The bot's own HTTP: the webhook, health and metrics."""
