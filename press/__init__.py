"""The build: plan the artifacts, render and check them on all processors, publish all or none."""
