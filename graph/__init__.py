"""The typed graph: records, schema, identity, assembly, analytics, view, export."""
