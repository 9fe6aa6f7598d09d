"""What is measured: `make bench` prints one JSON object a line and figure."""
