"""Telegram libraries behind one protocol: only here are aiogram and python-telegram-bot imported."""
