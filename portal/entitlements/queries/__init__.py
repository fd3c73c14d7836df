"""Questions about rules, balances and bookings."""
