"""Who is meant: the names and pronouns of the client and of other people."""
