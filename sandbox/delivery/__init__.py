"""How updates reach a bot: kept in a mailbox until confirmed, fetched by polling or pushed to a webhook."""
