"""Requests made from the schema by schemathesis, as every role: `make fuzz`."""
