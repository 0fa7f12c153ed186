"""The graph as a network of vertices and edges, and the formats that write it: GraphML, GEXF, CSV, JSON."""
