"""What the lines of a printed page tell, whatever the format: running headers, hyphens, list markers."""
