"""Who is on duty when: planning, cover, swaps, and everybody's own calendar."""
