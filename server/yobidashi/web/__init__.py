"""HTTP, thin: parse, call, answer."""
