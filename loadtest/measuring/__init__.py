"""What the benchmarks have in common: the real server signed in, its peers, and rounds that interleave them."""
