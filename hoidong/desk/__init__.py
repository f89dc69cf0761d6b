"""The official's home: what is due today, what is late, what waits on others. Reads every module, owns nothing."""
