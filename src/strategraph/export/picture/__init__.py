"""The network as a picture: SVG and PNG."""
