"""The text as the checks see it: blocks, sentences and lines in their places, and how hard they are to read."""
