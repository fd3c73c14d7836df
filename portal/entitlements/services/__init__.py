"""What can be booked. Each act has a key: the same act twice is booked once."""
