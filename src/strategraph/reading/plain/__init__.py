"""Plain text: its blocks, told by blank lines and by how the lines are laid out."""
