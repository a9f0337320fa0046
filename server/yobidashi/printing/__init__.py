"""What is handed over on paper: each document is a frozen dataclass, and `typesetting.pdf` gives its PDF."""
