"""What visitors are asked and answer: the fair's form, party, wishes, and consent as data."""
