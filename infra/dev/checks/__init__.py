"""What `npm test` runs: the plan, how checks run side by side, how their results are counted."""
