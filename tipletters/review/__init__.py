"""The review with the client: what is asked, what came back, what is put right. See docs/review.md."""
