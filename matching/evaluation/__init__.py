"""How well an encoder ranks: task folders, measures, intervals, systems, report."""
