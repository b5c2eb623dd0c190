"""`python -m tipletters`: the program where its own command is not on the path."""

from tipletters.cli import run

if __name__ == "__main__":
    run()
