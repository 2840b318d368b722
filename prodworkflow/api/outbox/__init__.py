"""Events for others: receivers, and the worker that delivers."""
