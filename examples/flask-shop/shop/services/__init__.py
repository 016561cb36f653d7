"""What the shop does, without HTTP and without SQL."""
