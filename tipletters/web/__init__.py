"""The page in the browser: thin over the same functions as the command line. No rule lives here."""
