"""``make bench``: our bot and a stock Rasa bot over HTTP, on the same machine, in the same run."""
