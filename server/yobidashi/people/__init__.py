"""Personal data: apart from the queue, encrypted with a key per fair, every read and write on record, destroyed in the end."""
