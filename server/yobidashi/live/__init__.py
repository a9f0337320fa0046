"""How a change reaches every page: journal, board, wire, hub, session."""
