"""What is counted: the yearly annex, deadlines, activity of sites."""
