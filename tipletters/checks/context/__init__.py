"""What stands around a listed term, and decides whether it counts: who does it, in what company, is it explained."""
