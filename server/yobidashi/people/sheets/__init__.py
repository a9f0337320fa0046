"""Tables of people, in and out: CSV and Excel within bounds."""
