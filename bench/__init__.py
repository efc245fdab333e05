"""The promised figures, each as a ratio to a bare baseline measured in the same run: `make bench`."""
