"""The counsellors' bench: talk to the bot, see what it understood, keep the talk as a scenario, replay, compare."""
