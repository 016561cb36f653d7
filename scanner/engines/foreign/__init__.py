"""What other tools found, read from their SARIF files, so that it takes the same way as what our engines find."""
