"""What figures become: protected cells, rows of a page, a report."""
