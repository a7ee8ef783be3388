"""Attacks: what a stranger's files, machines and readers may do to the program, tried from a seed and counted (`make attack`)."""
