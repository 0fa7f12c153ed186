"""What the lines of a printed page tell, whatever the format: heads of pages, hyphens, markers, columns."""
