"""The engine that kernels replaced, as the oracle that they are held to: the same model, on the fold of a story's log.

It was written apart from the kernels, reads cells by name, and folds each entry before the next is made. Stories of kernels are
held to its own, entry by entry: what happens, by which rule, at which odds, on which draw, and from what.
"""
