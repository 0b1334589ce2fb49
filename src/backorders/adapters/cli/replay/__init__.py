"""Real order data run through the library in time order, and judged where the answer is known.

What is replayed, and where it comes from, is said in `examples/data/README.md`.
"""
