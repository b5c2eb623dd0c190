"""The words: lists, their forms, what is known of single words, and finding all of it in one pass."""
