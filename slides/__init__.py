"""A pack's deck for a parent night: a PowerPoint file that can be edited, found and read aloud."""
