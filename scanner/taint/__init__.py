"""The dataflow library: IR, lowerings, propagation, summaries, witnesses."""
