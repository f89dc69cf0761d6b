"""The citizen's home: follow a petition by its code, without an account. Reads only `kernel.publication`."""
