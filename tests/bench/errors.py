class BenchError(Exception):
    """Why something cannot be measured, in one sentence."""
