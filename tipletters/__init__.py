"""tipletters: write to your clients in words that they understand, with copies only for those whom they agreed to."""

__version__ = "0.1.0"
