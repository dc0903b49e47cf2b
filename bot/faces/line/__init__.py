"""Telegram's Bot API itself, as JSON over HTTP: what both faces do all day, without a library's models."""
